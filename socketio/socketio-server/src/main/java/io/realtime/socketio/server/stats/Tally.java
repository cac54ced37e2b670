package io.realtime.socketio.server.stats;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.RecoveryBound;
import io.realtime.socketio.server.api.ServerStats;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.loop.LoopLongs;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what {@link ServerStats} shows. Any thread, but for what is sent. */
public final class Tally {
  private final Map<TransportName, LongAdder> connections = adders(TransportName.class);
  private final Map<DisconnectReason, LongAdder> closes = new ConcurrentHashMap<>();
  private final LongAdder unconnected = new LongAdder();
  private final LongAdder sockets = new LongAdder();
  private final LongAdder packetsIn = new LongAdder();
  private final LoopLongs packetsOut;
  private final LongAdder bytesIn = new LongAdder();
  private final LoopLongs bytesOut;
  private final LongAdder polls = new LongAdder();
  private final LongAdder upgrades = new LongAdder();
  private final LongAdder handshakesRefused = new LongAdder();
  private final LongAdder held = new LongAdder();
  private final LongAdder holdsRefused = new LongAdder();
  private final LongAdder holdsExpired = new LongAdder();
  private final LongAdder volatileDropped = new LongAdder();
  private final LongAdder conflated = new LongAdder();
  private final LongAdder recoveries = new LongAdder();
  private final LongAdder recoveriesFailed = new LongAdder();
  private final Map<RecoveryBound, LongAdder> forgotten = adders(RecoveryBound.class);
  private final LongAdder listenersFailed = new LongAdder();

  /**
   * @param loops how many there are, that send
   */
  public Tally(int loops) {
    this.packetsOut = new LoopLongs(loops);
    this.bytesOut = new LoopLongs(loops);
  }

  public void opened(TransportName transport) {
    adder(connections, transport).increment();
    unconnected.increment();
  }

  public void upgraded(TransportName from, TransportName to) {
    adder(connections, from).decrement();
    adder(connections, to).increment();
    upgrades.increment();
  }

  /**
   * @param unconnectedStill whether it never joined a namespace
   */
  public void closed(TransportName transport, DisconnectReason reason, boolean unconnectedStill) {
    adder(connections, transport).decrement();
    closes.computeIfAbsent(reason, first -> new LongAdder()).increment();
    if (unconnectedStill) {
      unconnected.decrement();
    }
  }

  /** A connection joined its first namespace. */
  public void firstNamespace() {
    unconnected.decrement();
  }

  public void socketJoined() {
    sockets.increment();
  }

  public void socketLeft() {
    sockets.decrement();
  }

  public void received(int bytes) {
    packetsIn.increment();
    bytesIn.add(bytes);
  }

  /** On loop {@code loop}. */
  public void sent(int loop, int bytes) {
    packetsOut.add(loop, 1);
    bytesOut.add(loop, bytes);
  }

  public void polled() {
    polls.increment();
  }

  public void handshakeRefused() {
    handshakesRefused.increment();
  }

  /** A request waits for a decision about it. */
  public void held() {
    held.increment();
  }

  /** It waits no more. */
  public void released() {
    held.decrement();
  }

  /** There was no room to wait. */
  public void holdRefused() {
    holdsRefused.increment();
  }

  /** The decision took too long. */
  public void holdExpired() {
    holdsExpired.increment();
  }

  public void droppedVolatile() {
    volatileDropped.increment();
  }

  public void conflated() {
    conflated.increment();
  }

  /** A client has taken its session up. */
  public void recovered() {
    recoveries.increment();
  }

  /** A client has asked for its session in vain. */
  public void recoveryFailed() {
    recoveriesFailed.increment();
  }

  /** Recovery has forgotten an event or a session. */
  public void recoveryForgot(RecoveryBound bound) {
    adder(forgotten, bound).increment();
  }

  public void listenerFailed() {
    listenersFailed.increment();
  }

  /** Connections of all transports that are open. */
  public int connectionCount() {
    long sum = 0;
    for (LongAdder adder : connections.values()) {
      sum += adder.sum();
    }
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, sum));
  }

  public ServerStats snapshot() {
    return new ServerStats(
        sums(TransportName.class, connections),
        unconnected.sum(),
        sockets.sum(),
        packetsIn.sum(),
        packetsOut.sum(),
        bytesIn.sum(),
        bytesOut.sum(),
        polls.sum(),
        upgrades.sum(),
        handshakesRefused.sum(),
        new ServerStats.Holds(held.sum(), holdsRefused.sum(), holdsExpired.sum()),
        volatileDropped.sum(),
        conflated.sum(),
        new ServerStats.Recoveries(
            recoveries.sum(), recoveriesFailed.sum(), sums(RecoveryBound.class, forgotten)),
        listenersFailed.sum(),
        closesByReason());
  }

  private Map<DisconnectReason, Long> closesByReason() {
    Map<DisconnectReason, Long> sums = new LinkedHashMap<>();
    for (DisconnectReason reason : DisconnectReason.all()) {
      LongAdder adder = closes.get(reason);
      sums.put(reason, adder == null ? 0 : adder.sum());
    }
    return Collections.unmodifiableMap(sums);
  }

  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> keys) {
    Map<E, LongAdder> adders = new EnumMap<>(keys);
    for (E key : keys.getEnumConstants()) {
      adders.put(key, new LongAdder());
    }
    return adders;
  }

  private static <E extends Enum<E>> LongAdder adder(Map<E, LongAdder> adders, E key) {
    return java.util.Objects.requireNonNull(adders.get(key));
  }

  private static <E extends Enum<E>> Map<E, Long> sums(Class<E> keys, Map<E, LongAdder> adders) {
    Map<E, Long> sums = new EnumMap<>(keys);
    adders.forEach((key, adder) -> sums.put(key, adder.sum()));
    return java.util.Collections.unmodifiableMap(sums);
  }
}
