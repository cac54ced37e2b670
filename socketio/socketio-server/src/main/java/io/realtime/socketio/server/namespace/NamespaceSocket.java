package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.SocketRecord;
import io.realtime.socketio.server.api.ClientEvent;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.EventListener;
import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.api.Target;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.engine.MarkReceiver;
import io.realtime.socketio.server.engine.WirePacket;
import io.realtime.socketio.server.loop.HomeLoop;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client in one namespace, owned by the home loop of its connection; calls from other threads
 * become tasks of that loop. It exists from the CONNECT on, so that middlewares can use it, is
 * connected once they have admitted it, and ends once.
 */
final class NamespaceSocket implements Socket, MarkReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(NamespaceSocket.class);

  private enum State {
    ADMITTING,
    CONNECTED,
    ENDED
  }

  private final String id;
  private final LocalNamespace namespace;
  private final Handshake handshake;
  private final Peer peer;
  private final HomeLoop home;
  private final HandOver handOver;
  private final JoinedRooms rooms;
  private final ConcurrentMap<String, Object> data = new ConcurrentHashMap<>(4);
  private final Listeners listeners = new Listeners();
  private final List<Consumer<DisconnectReason>> onDisconnect = new CopyOnWriteArrayList<>();
  private final List<Consumer<DisconnectReason>> onDisconnecting = new CopyOnWriteArrayList<>();
  private final List<LongConsumer> onProven = new CopyOnWriteArrayList<>();

  private @Nullable PendingAcks acks;
  private volatile State state = State.ADMITTING;
  private long visited;

  /**
   * @param maxInTransit packets that may be on their way from other threads to the loop
   */
  NamespaceSocket(
      String id, LocalNamespace namespace, Handshake handshake, Peer peer, int maxInTransit) {
    this.id = id;
    this.namespace = namespace;
    this.handshake = handshake;
    this.peer = peer;
    this.home = peer.connection().home();
    this.handOver =
        new HandOver(home, maxInTransit, () -> closeTransport(DisconnectReason.SLOW_CONSUMER));
    this.rooms = new JoinedRooms(this, namespace.sockets());
  }

  HomeLoop home() {
    return home;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Namespace namespace() {
    return namespace;
  }

  SocketIoWire wire() {
    return namespace.wire();
  }

  @Override
  public Handshake handshake() {
    return handshake;
  }

  @Override
  public ConcurrentMap<String, Object> data() {
    return data;
  }

  @Override
  public boolean connected() {
    return state == State.CONNECTED;
  }

  @Override
  public TransportName transport() {
    return peer.connection().transport();
  }

  @Override
  public Executor loop() {
    return home.loop();
  }

  // ---- rooms

  @Override
  public Set<String> rooms() {
    Set<String> all = new LinkedHashSet<>();
    if (state == State.CONNECTED) {
      all.add(id);
    }
    all.addAll(rooms.all());
    return all;
  }

  boolean isIn(String room) {
    return rooms.contains(room);
  }

  @Override
  public void join(String... joined) {
    for (String room : joined) {
      namespace.sockets().announceJoin(this, room);
    }
    home.step(() -> joinNow(joined));
  }

  /** As {@link #join}, within a step. */
  void joinWithin(List<String> joined) {
    joined.forEach(room -> namespace.sockets().announceJoin(this, room));
    joinNow(joined.toArray(String[]::new));
  }

  private void joinNow(String[] joined) {
    if (state != State.ENDED) {
      rooms.join(joined);
      return;
    }
    for (String room : joined) {
      namespace.sockets().joinFailed(this, room);
    }
  }

  @Override
  public void leave(String... left) {
    home.step(() -> rooms.leave(left));
  }

  /** On the loop: true the first time for each {@code mark}. */
  boolean firstVisit(long mark) {
    boolean first = visited != mark;
    visited = mark;
    return first;
  }

  // ---- sending

  @Override
  public void emit(String event, @Nullable Object... arguments) {
    emit(Message.of(event, arguments));
  }

  @Override
  public void emit(Message message) {
    WirePacket packet = peer.encode(message);
    handOver.run(() -> send(packet, null, 0));
  }

  @Override
  public void emit(Message message, long mark) {
    WirePacket packet = peer.encode(message);
    handOver.run(() -> send(packet, this, mark));
  }

  /** A broadcast's packet, on the loop; not for a socket that is only in a room, unadmitted. */
  void deliver(Message message, boolean volatil) {
    if (state != State.CONNECTED) {
      return;
    }
    WirePacket packet = peer.encode(message);
    if (volatil) {
      peer.connection().sendVolatile(packet);
    } else {
      send(packet, null, 0);
    }
  }

  @Override
  public CompletionStage<List<@Nullable Object>> emitWithAck(
      Duration timeout, String event, @Nullable Object... arguments) {
    CompletableFuture<List<@Nullable Object>> answer = new CompletableFuture<>();
    long ackId = namespace.nextAckId();
    WirePacket packet = peer.encodeQuestion(Message.of(event, arguments).arguments(), ackId);
    boolean handedOver =
        handOver.run(
            () -> {
              if (pendingAcks().add(ackId, timeout.toNanos(), answer)) {
                if (state == State.ENDED) {
                  pendingAcks().failAll();
                }
                send(packet, null, 0);
              }
            });
    if (!handedOver) {
      answer.completeExceptionally(new TimeoutException(PendingAcks.DISCONNECTED));
    }
    return answer.minimalCompletionStage();
  }

  /** Sends an answer; any thread. */
  void answer(WirePacket packet) {
    handOver.run(() -> send(packet, null, 0));
  }

  private void send(WirePacket packet, @Nullable MarkReceiver receiver, long mark) {
    if (state != State.ENDED) {
      peer.connection().send(packet, receiver, mark);
    }
  }

  private PendingAcks pendingAcks() {
    if (acks == null) {
      acks = new PendingAcks(home);
    }
    return acks;
  }

  @Override
  public Target broadcast() {
    return namespace.except(id);
  }

  @Override
  public Target to(String... targets) {
    return namespace.to(targets).except(id);
  }

  // ---- for the adapter

  SocketRecord toRecord() {
    return new SocketRecord(id, handshake.toMap(), rooms(), Map.copyOf(data));
  }

  // ---- listeners

  @Override
  public Socket on(String event, EventListener listener) {
    listeners.on(event, listener);
    return this;
  }

  @Override
  public Socket onAny(EventListener listener) {
    listeners.onAny(listener);
    return this;
  }

  @Override
  public Socket onDisconnect(Consumer<DisconnectReason> listener) {
    onDisconnect.add(listener);
    return this;
  }

  @Override
  public Socket onDisconnecting(Consumer<DisconnectReason> listener) {
    onDisconnecting.add(listener);
    return this;
  }

  @Override
  public Socket onProven(LongConsumer listener) {
    onProven.add(listener);
    return this;
  }

  // ---- what happens, on the loop

  /** The middlewares have admitted it: from here on broadcasts reach it. */
  void onAdmitted() {
    state = State.CONNECTED;
    namespace.sockets().enter(this);
  }

  /** The client knows that it is connected: the application's turn. */
  void announce() {
    for (Consumer<Socket> listener : namespace.connectionListeners()) {
      guard("a connection listener", () -> listener.accept(this));
    }
  }

  void onEvent(List<@Nullable Object> event, ClientEvent.AckReply reply) {
    String name = String.valueOf(event.getFirst());
    onEvent(name, event.subList(1, event.size()), reply);
  }

  void onEvent(String name, List<@Nullable Object> arguments, ClientEvent.AckReply reply) {
    if (state == State.CONNECTED) {
      guard(
          "an event listener",
          () -> listeners.dispatch(new ClientEvent(this, name, arguments, reply)));
    }
  }

  void onAck(long ackId, List<@Nullable Object> arguments) {
    if (acks != null) {
      PendingAcks pending = acks;
      guard("the receiver of an answer", () -> pending.complete(ackId, arguments));
    }
  }

  @Override
  public void onProven(long mark) {
    for (LongConsumer listener : onProven) {
      guard("a proof listener", () -> listener.accept(mark));
    }
  }

  /** Ends it, whoever wished so; the second time nothing happens. */
  void end(DisconnectReason reason) {
    assert home.inLoop();
    if (state == State.ENDED) {
      return;
    }
    boolean wasConnected = state == State.CONNECTED;
    if (wasConnected) {
      onDisconnecting.forEach(listener -> quietly(() -> listener.accept(reason)));
    }
    state = State.ENDED;
    rooms.leaveAll();
    peer.connection().forget(this);
    if (acks != null) {
      acks.failAll();
    }
    if (wasConnected) {
      namespace.sockets().exit(this);
      onDisconnect.forEach(listener -> quietly(() -> listener.accept(reason)));
    }
  }

  @Override
  public void disconnect(boolean close) {
    home.task(
        () -> {
          if (close && state != State.ENDED) {
            peer.disconnectAll();
          } else if (state == State.CONNECTED) {
            peer.onSocketEnd(this, true);
            end(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
          }
        });
  }

  @Override
  public void closeTransport(DisconnectReason reason) {
    home.task(() -> peer.connection().close(reason));
  }

  /** Application code threw: ends this connection, and nothing else. */
  void listenerFailed(String what, RuntimeException failure) {
    namespace.tally().listenerFailed();
    LOG.error("{} failed; the connection of socket {} ends", what, id, failure);
    peer.connection().close(DisconnectReason.LISTENER_FAILED);
  }

  private void guard(String what, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException failure) {
      listenerFailed(what, failure);
    }
  }

  /** At the end there is no connection left to close. */
  private void quietly(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException failure) {
      namespace.tally().listenerFailed();
      LOG.error("a disconnect listener of socket {} failed", id, failure);
    }
  }
}
