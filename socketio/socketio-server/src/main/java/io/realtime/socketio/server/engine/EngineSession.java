package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.loop.Alarm;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.revision.Revision;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One Engine.IO client, owned by its home loop for life.
 *
 * <p>The receiver hears of the end when it leaves {@link SessionState#OPEN}.
 */
public final class EngineSession implements Connection {
  /** How long a close waits for the next GET of a polling client. */
  static final long LINGER_NANOS = 30_000_000_000L;

  /** How long a poll may arrive behind the close that its client sent after it. */
  static final long OVERTAKEN_NANOS = 200_000_000;

  private final EngineSettings settings;
  private final String sid;
  private final HomeLoop home;
  private final HttpRequest request;
  private final Revision revision;
  private final Instant issued;
  private final SessionTransport transport;
  private final Outlet outlet;
  private final Inbound inbound;
  private final Alarm alarm;
  private final AtomicBoolean posting = new AtomicBoolean();
  private SessionState state = SessionState.OPEN;
  private boolean connectedOnce;
  private boolean overtaken;
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
    this.revision = Revision.of(request);
    this.issued = settings.wallClock().instant();
    this.transport = new SessionTransport(this, settings.options(), webSocket);
    this.outlet =
        new Outlet(
            home,
            settings,
            Heartbeats.of(revision, settings.options(), home.nanoTime()),
            transport.carrier(),
            new Sending());
    this.inbound = new Inbound(this, settings.tally());
    this.alarm = home.alarm(this::onAlarm);
  }

  private final class Sending implements Outlet.Owner {
    @Override
    public void onWaits() {
      setAlarm(); // the clock for its age
    }

    @Override
    public void onFlushed() {
      afterFlush();
    }

    @Override
    public void onOverflow() {
      end(DisconnectReason.SLOW_CONSUMER);
    }
  }

  /** Makes it known and sends the open packet. */
  void open() {
    settings.sessions().add(this);
    settings.tally().opened(transport());
    outlet.send(openPacket());
    setAlarm();
  }

  /**
   * Begins to speak with the layer above. What that sends at once does not join the open packet in
   * the answer to a handshake, of which some clients expect nothing else.
   */
  void attach(SessionReceiver receiver) {
    inbound.open(receiver);
  }

  /** Whoever knows it can speak for the client. */
  public String sid() {
    return sid;
  }

  /** That of the handshake. */
  public Revision revision() {
    return revision;
  }

  /** Where what the client sends goes. */
  Inbound inbound() {
    return inbound;
  }

  /** Where what its WebSockets report goes. */
  SessionTransport sessionTransport() {
    return transport;
  }

  SessionState state() {
    return state;
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
    return transport.name();
  }

  @Override
  public int protocol() {
    return revision.number();
  }

  @Override
  public boolean isOpen() {
    return state == SessionState.OPEN;
  }

  @Override
  public Outlet outlet() {
    return outlet;
  }

  @Override
  public void onFirstNamespace() {
    if (!connectedOnce) {
      connectedOnce = true;
      settings.tally().firstNamespace();
    }
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
    if (state == SessionState.CLOSED) {
      return Optional.of(EngineError.SESSION_UNKNOWN);
    }
    return transport.isPolling() ? Optional.empty() : Optional.of(EngineError.BAD_REQUEST);
  }

  /** Has a poll wait for packets; false when another one does. */
  boolean park(EngineExchange exchange) {
    return transport.park(exchange);
  }

  /** Answers the poll that has just been parked, if there is something to say. */
  void answerPoll() {
    if (overtaken) {
      transport.answerNoop();
      finish();
    } else {
      outlet.flushTurn();
    }
  }

  void onPollAborted(EngineExchange exchange) {
    if (transport.unpark(exchange)) {
      end(DisconnectReason.TRANSPORT_ERROR);
    }
  }

  // ---- called by SessionTransport

  /** The WebSocket takes what waits. */
  void onWritable() {
    if (state == SessionState.OPEN) {
      outlet.flushLater();
    }
  }

  /** A WebSocket has taken over from polling. */
  void onUpgraded() {
    if (state == SessionState.LINGERING) {
      transport.drain(outlet);
      finish();
      return;
    }
    settings.tally().upgraded(TransportName.POLLING, TransportName.WEBSOCKET);
    outlet.switchTo(transport.carrier());
    inbound.onUpgraded(transport());
  }

  // ---- called by Inbound

  /** False when nobody asked for it. */
  boolean onBeat() {
    if (!outlet.onBeat()) {
      return false;
    }
    setAlarm();
    return true;
  }

  void onClientClose() {
    if (transport.isPolling() && !transport.pollWaits()) {
      onCloseOvertook();
    } else {
      transport.answerNoop();
      end(DisconnectReason.TRANSPORT_CLOSE);
    }
  }

  /**
   * The client's close came without a poll waiting. The poll that it sent just before may come by
   * another TCP connection, and so later: it is still answered with the noop that ends it.
   */
  private void onCloseOvertook() {
    leaveOpen(SessionState.LINGERING, DisconnectReason.TRANSPORT_CLOSE);
    overtaken = true;
    outlet.end();
    transport.abandonUpgrade();
    lingersUntil = home.nanoTime() + OVERTAKEN_NANOS;
    setAlarm();
  }

  // ---- time

  private void onAlarm() {
    checkDeadlines();
    setAlarm();
  }

  private void checkDeadlines() {
    long now = home.nanoTime();
    if (state == SessionState.LINGERING && now - lingersUntil >= 0) {
      finish();
    }
    if (state == SessionState.OPEN) {
      if (!outlet.heartbeat().check(now)) {
        end(DisconnectReason.PING_TIMEOUT);
      } else if (outlet.expired(now)) {
        end(DisconnectReason.SLOW_CONSUMER);
      } else {
        outlet.beatIfDue();
      }
    }
    transport.checkUpgrade(now);
  }

  /** Sets the alarm to the next instant at which something is due. */
  void setAlarm() {
    if (state != SessionState.CLOSED) {
      alarm.setAt(
          transport.deadlineBefore(
              state == SessionState.LINGERING ? lingersUntil : outlet.deadline()));
    }
  }

  private void afterFlush() {
    if (state == SessionState.LINGERING && transport.closeSent()) {
      finish();
    } else if (state == SessionState.OPEN) {
      setAlarm();
    }
  }

  // ---- the end

  /** Ends it by a plain close of the transport, behind what is queued. */
  @Override
  public void close(DisconnectReason reason) {
    assert home.inLoop();
    if (state != SessionState.OPEN) {
      return;
    }
    leaveOpen(SessionState.LINGERING, reason);
    if (transport.drain(outlet)) {
      finish();
    } else {
      lingersUntil = home.nanoTime() + LINGER_NANOS;
      outlet.flushTurn();
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
    if (state == SessionState.OPEN) {
      leaveOpen(SessionState.CLOSED, reason); // first: what follows may be reported as another end
      if (reason == DisconnectReason.SLOW_CONSUMER) {
        transport.abort();
      }
      release();
    } else {
      finish();
    }
  }

  private void finish() {
    if (state != SessionState.CLOSED) {
      state = SessionState.CLOSED;
      release();
    }
  }

  private void leaveOpen(SessionState next, DisconnectReason reason) {
    state = next;
    outlet.seal();
    settings.tally().closed(transport(), reason, !connectedOnce);
    inbound.close(reason);
  }

  private void release() {
    settings.sessions().remove(this);
    alarm.cancel();
    outlet.end();
    transport.release();
  }

  private WirePacket openPacket() {
    return OpenPacket.of(sid, settings.options(), transport.isPolling());
  }
}
