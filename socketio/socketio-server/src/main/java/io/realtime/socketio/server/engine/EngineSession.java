package io.realtime.socketio.server.engine;

import io.realtime.socketio.protocol.engineio.EngineCodecV4;
import io.realtime.socketio.protocol.engineio.EnginePacket;
import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.loop.Alarm;
import io.realtime.socketio.server.loop.Flushable;
import io.realtime.socketio.server.loop.HomeLoop;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Engine.IO client, owned by its home loop for life.
 *
 * <p>It is <em>open</em> from the handshake on; <em>lingering</em> after {@link #close} while a
 * polling client has yet to fetch what waits and the close behind it; then <em>closed</em>. The
 * receiver hears of the end when it leaves <em>open</em>.
 */
public final class EngineSession implements Connection, Flushable {
  /** Harmless packets that no client of ours would send: how many are ignored. */
  static final int MAX_UNASKED = 10;

  /** How long a close waits for the next GET of a polling client. */
  static final long LINGER_NANOS = 30_000_000_000L;

  /** How long a poll may arrive behind the close that its client sent after it. */
  static final long OVERTAKEN_NANOS = 200_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(EngineSession.class);

  private enum State {
    OPEN,
    LINGERING,
    CLOSED
  }

  private final EngineSettings settings;
  private final String sid;
  private final HomeLoop home;
  private final HttpRequest request;
  private final Instant issued;
  private final Outlet outlet;
  private final Alarm alarm;
  private final AtomicBoolean posting = new AtomicBoolean();
  private final @Nullable PollingCarrier polling;
  private SessionReceiver receiver = Unattached.RECEIVER;
  private volatile @Nullable EngineWebSocket webSocket;
  private @Nullable UpgradeProbe upgrade;
  private State state = State.OPEN;
  private boolean connectedOnce;
  private boolean overtaken;
  private int unasked;
  private long lingersUntil;

  /**
   * @param webSocket its transport; polling without one
   */
  EngineSession(
      EngineSettings settings,
      String sid,
      HomeLoop home,
      HttpRequest request,
      @Nullable EngineWebSocket webSocket) {
    this.settings = settings;
    this.sid = sid;
    this.home = home;
    this.request = request;
    this.issued = settings.wallClock().instant();
    this.webSocket = webSocket;
    this.polling = webSocket == null ? new PollingCarrier(settings.options().maxPayload()) : null;
    Carrier carrier = webSocket == null ? polling : webSocket.carrier();
    this.outlet =
        new Outlet(
            home,
            settings.options(),
            settings.tally(),
            java.util.Objects.requireNonNull(carrier),
            this,
            () -> end(DisconnectReason.SLOW_CONSUMER));
    this.alarm = home.alarm(this::onAlarm);
  }

  /** Makes it known, sends the open packet, and attaches the layer above. */
  void open(SessionReceiver attached) {
    settings.sessions().add(this);
    settings.tally().opened(transport());
    outlet.send(openPacket(), null, 0);
    setAlarm();
    receiver = attached;
    receiver.onOpen();
  }

  String sid() {
    return sid;
  }

  @Override
  public HomeLoop home() {
    return home;
  }

  @Override
  public HttpRequest request() {
    return request;
  }

  @Override
  public Instant issued() {
    return issued;
  }

  @Override
  public TransportName transport() {
    return webSocket == null ? TransportName.POLLING : TransportName.WEBSOCKET;
  }

  @Override
  public boolean isOpen() {
    return state == State.OPEN;
  }

  @Override
  public void send(WirePacket packet) {
    send(packet, null, 0);
  }

  @Override
  public void send(WirePacket packet, @Nullable MarkReceiver markReceiver, long mark) {
    assert home.inLoop();
    if (state == State.OPEN) {
      outlet.send(packet, markReceiver, mark);
      guardOutbox();
    }
  }

  @Override
  public boolean sendVolatile(WirePacket packet) {
    return state == State.OPEN && outlet.sendVolatile(packet);
  }

  @Override
  public void forget(MarkReceiver markReceiver) {
    outlet.forget(markReceiver);
  }

  @Override
  public void onFirstNamespace() {
    if (!connectedOnce) {
      connectedOnce = true;
      settings.tally().firstNamespace();
    }
  }

  /** At the end of a turn in which something was sent. */
  @Override
  public void flushTurn() {
    outlet.flush();
    afterFlush();
  }

  // ---- polling, called by PollingRequests

  /** True if no other POST is being worked on. Any thread. */
  boolean beginPost() {
    return posting.compareAndSet(false, true);
  }

  void endPost() {
    posting.set(false);
  }

  /** Why a polling request cannot be served, if so. */
  Optional<EngineError> checkPolling() {
    checkDeadlines();
    if (state == State.CLOSED) {
      return Optional.of(EngineError.SESSION_UNKNOWN);
    }
    return webSocket == null ? Optional.empty() : Optional.of(EngineError.BAD_REQUEST);
  }

  /** Has a poll wait for packets; false when another one does. */
  boolean park(CorsExchange exchange) {
    if (polling == null || polling.isWaiting()) {
      return false;
    }
    polling.park(exchange);
    return true;
  }

  /** Answers the poll that has just been parked, if there is something to say. */
  void answerPoll() {
    if (overtaken && polling != null) {
      polling.answerNoop();
      finish();
    } else {
      outlet.flush();
      afterFlush();
    }
  }

  void onPollAborted(CorsExchange exchange) {
    if (polling != null && polling.isWaiting(exchange)) {
      polling.unpark();
      end(DisconnectReason.TRANSPORT_ERROR);
    }
  }

  // ---- WebSocket, as the transport or as a candidate for it

  /** A WebSocket with this session's id is open: begins an upgrade, or closes it. */
  void onCandidate(EngineWebSocket candidate) {
    if (state != State.OPEN || webSocket != null || upgrade != null) {
      candidate.close();
      return;
    }
    long timeout = settings.options().upgradeTimeout().toNanos();
    upgrade = new UpgradeProbe(candidate, home.nanoTime() + timeout);
    setAlarm();
  }

  void onWebSocketText(EngineWebSocket from, String text) {
    UpgradeProbe probe = upgrade;
    if (probe != null && probe.candidate() == from) {
      onProbeText(probe, text);
    } else if (isTransport(from) && live()) {
      EnginePacket packet;
      try {
        packet = EngineCodecV4.decodeText(text);
      } catch (MalformedPacketException malformed) {
        end(DisconnectReason.PARSE_ERROR);
        return;
      }
      onPacket(packet);
    }
  }

  void onWebSocketBinary(EngineWebSocket from, byte[] bytes) {
    UpgradeProbe probe = upgrade;
    if (probe != null && probe.candidate() == from) {
      abandonUpgrade(probe);
    } else if (isTransport(from) && live()) {
      onPacket(EngineCodecV4.decodeBinary(bytes));
    }
  }

  void onWebSocketWritable(EngineWebSocket from) {
    if (isTransport(from) && state == State.OPEN) {
      outlet.flushLater();
    }
  }

  void onWebSocketClose(EngineWebSocket from, int code) {
    UpgradeProbe probe = upgrade;
    if (probe != null && probe.candidate() == from) {
      upgrade = null;
    } else if (isTransport(from)) {
      // a code that says that a frame broke the rules: either side may have said so
      boolean violation = code == 1002 || (code >= 1007 && code <= 1009);
      end(violation ? DisconnectReason.TRANSPORT_ERROR : DisconnectReason.TRANSPORT_CLOSE);
    }
  }

  private boolean isTransport(EngineWebSocket candidate) {
    return candidate.equals(webSocket);
  }

  private void onProbeText(UpgradeProbe probe, String text) {
    if (text.equals("2probe")) {
      probe.candidate().answerProbe();
      probe.onProbe(home.nanoTime());
      setAlarm();
    } else if (text.equals("5")) {
      completeUpgrade(probe);
    } else {
      abandonUpgrade(probe);
    }
  }

  private void completeUpgrade(UpgradeProbe probe) {
    upgrade = null;
    webSocket = probe.candidate();
    if (polling != null) {
      // stock clients have stopped polling: a GET that still waits came too late
      polling.refuse(EngineError.BAD_REQUEST);
    }
    if (state == State.LINGERING) {
      probe.candidate().carrier().drain(outlet);
      finish();
      return;
    }
    settings.tally().upgraded(TransportName.POLLING, TransportName.WEBSOCKET);
    outlet.switchTo(probe.candidate().carrier());
  }

  private void abandonUpgrade(UpgradeProbe probe) {
    upgrade = null;
    probe.candidate().close();
  }

  // ---- packets

  void onPacket(EnginePacket packet) {
    switch (packet) {
      case EnginePacket.Text text -> {
        settings.tally().received(text.data().length());
        receive(() -> receiver.onText(text.data()));
      }
      case EnginePacket.Binary binary -> {
        settings.tally().received(binary.data().length);
        receive(() -> receiver.onBinary(binary.data()));
      }
      case EnginePacket.Pong _ -> {
        settings.tally().received(0);
        if (outlet.onPong()) {
          setAlarm();
        } else {
          onUnasked();
        }
      }
      case EnginePacket.Ping _ -> end(DisconnectReason.TRANSPORT_ERROR); // wrong direction
      case EnginePacket.Close _ -> {
        if (webSocket == null && polling != null && !polling.isWaiting()) {
          onCloseOvertook();
        } else {
          if (polling != null) {
            polling.answerNoop();
          }
          end(DisconnectReason.TRANSPORT_CLOSE);
        }
      }
      case EnginePacket.Open _, EnginePacket.Upgrade _, EnginePacket.Noop _ -> onUnasked();
    }
  }

  /**
   * The client's close came without a poll waiting. The poll that it sent just before may come by
   * another TCP connection, and so later: it is still answered with the noop that ends it.
   */
  private void onCloseOvertook() {
    leaveOpen(State.LINGERING, DisconnectReason.TRANSPORT_CLOSE);
    overtaken = true;
    outlet.end();
    UpgradeProbe probe = upgrade;
    if (probe != null) {
      abandonUpgrade(probe);
    }
    lingersUntil = home.nanoTime() + OVERTAKEN_NANOS;
    setAlarm();
  }

  private void receive(Runnable delivery) {
    try {
      delivery.run();
    } catch (RuntimeException failure) {
      LOG.error("a receiver failed; its session ends", failure);
      end(DisconnectReason.LISTENER_FAILED);
    }
  }

  private void onUnasked() {
    unasked++;
    if (unasked > MAX_UNASKED) {
      end(DisconnectReason.TRANSPORT_ERROR);
    }
  }

  // ---- time

  private boolean live() {
    checkDeadlines();
    return state == State.OPEN;
  }

  private void onAlarm() {
    checkDeadlines();
    setAlarm();
  }

  private void checkDeadlines() {
    long now = home.nanoTime();
    if (state == State.LINGERING && now - lingersUntil >= 0) {
      finish();
    }
    if (state == State.OPEN) {
      if (!outlet.heartbeat().check(now)) {
        end(DisconnectReason.PING_TIMEOUT);
      } else if (outlet.expired(now)) {
        end(DisconnectReason.SLOW_CONSUMER);
      } else if (outlet.heartbeat().isDue()) {
        outlet.flushLater();
      }
    }
    checkUpgrade(now);
  }

  private void checkUpgrade(long now) {
    UpgradeProbe probe = upgrade;
    if (probe == null) {
      return;
    }
    if (probe.expired(now)) {
      abandonUpgrade(probe);
    } else if (probe.noopDue(now) && polling != null) {
      polling.answerNoop();
    }
  }

  private void setAlarm() {
    if (state == State.CLOSED) {
      return;
    }
    long next = state == State.LINGERING ? lingersUntil : outlet.deadline();
    UpgradeProbe probe = upgrade;
    if (probe != null && probe.deadline() - next < 0) {
      next = probe.deadline();
    }
    alarm.setAt(next);
  }

  /** The first packet that waits sets the clock for its age. */
  private void guardOutbox() {
    if (outlet.outbox().packets() == 1) {
      setAlarm();
    }
  }

  private void afterFlush() {
    if (state == State.LINGERING && polling != null && polling.closeSent()) {
      finish();
    } else if (state == State.OPEN) {
      setAlarm();
    }
  }

  // ---- the end

  /** Ends it by a plain close of the transport, behind what is queued. */
  @Override
  public void close(DisconnectReason reason) {
    assert home.inLoop();
    if (state != State.OPEN) {
      return;
    }
    leaveOpen(State.LINGERING, reason);
    if (webSocket != null) {
      webSocket.carrier().drain(outlet);
      finish();
    } else if (polling != null) {
      polling.closeWhenDrained();
      lingersUntil = home.nanoTime() + LINGER_NANOS;
      outlet.flush();
      afterFlush();
      setAlarm();
    }
  }

  /** As {@link #close}, without waiting for a polling client to come for what waits. */
  void shutDown(DisconnectReason reason) {
    close(reason);
    finish();
  }

  /** Ends it now; what waits is dropped, the inbox above is what keeps events. */
  void end(DisconnectReason reason) {
    if (state == State.OPEN) {
      if (reason == DisconnectReason.SLOW_CONSUMER && webSocket != null) {
        webSocket.abort(); // a close frame would only join the queue that nobody reads
      }
      leaveOpen(State.CLOSED, reason);
      release();
    } else {
      finish();
    }
  }

  private void finish() {
    if (state != State.CLOSED) {
      state = State.CLOSED;
      release();
    }
  }

  private void leaveOpen(State next, DisconnectReason reason) {
    state = next;
    settings.tally().closed(transport(), reason, !connectedOnce);
    try {
      receiver.onClose(reason);
    } catch (RuntimeException failure) {
      LOG.error("a receiver failed at the end of its session", failure);
    }
  }

  private void release() {
    settings.sessions().remove(this);
    alarm.cancel();
    outlet.end();
    UpgradeProbe probe = upgrade;
    if (probe != null) {
      abandonUpgrade(probe);
    }
    if (webSocket != null) {
      webSocket.close();
    }
    if (polling != null) {
      polling.answerClose();
    }
  }

  private WirePacket openPacket() {
    return OpenPacket.of(sid, settings.options(), webSocket == null);
  }
}
