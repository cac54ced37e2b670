package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.loop.Alarm;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.revision.BytesForm;
import io.realtime.socketio.server.transport.WebSocketChannel;
import io.realtime.socketio.server.transport.WebSocketEvents;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket without Engine.IO, or a stream of events that looks like one, owned by its home loop.
 * Heartbeat and proof are pings of RFC 6455, numbered in their payload, so that only the pong which
 * answers the outstanding one counts.
 */
public final class PlainSession implements Connection, WebSocketEvents {
  /** RFC 6455, 7.4.1: going away, internal error, and the rest of our endings. */
  private static final int GOING_AWAY = 1001;

  private static final int POLICY_VIOLATION = 1008;
  private static final int INTERNAL_ERROR = 1011;
  private static final int TRY_AGAIN_LATER = 1013;

  /** After these the same client need not try again; after all others it may. */
  private static final Set<DisconnectReason> VIOLATIONS =
      Set.of(
          DisconnectReason.PARSE_ERROR,
          DisconnectReason.FORCED_CLOSE,
          DisconnectReason.FORCED_SERVER_CLOSE,
          DisconnectReason.CLIENT_NAMESPACE_DISCONNECT,
          DisconnectReason.SERVER_NAMESPACE_DISCONNECT);

  private static final Logger LOG = LoggerFactory.getLogger(PlainSession.class);

  private final EngineSettings settings;
  private final PlainSessions sessions;
  private final HomeLoop home;
  private final TransportName transport;
  private final HttpRequest request;
  private final Instant issued;
  private final Function<PlainSession, SessionReceiver> receivers;
  private SessionReceiver receiver = Unattached.RECEIVER;
  private @Nullable Open open;
  private boolean ended;
  private boolean connectedOnce;
  private long pingNumber;

  /** What there is once the channel is open. */
  private record Open(FrameCarrier carrier, Outlet outlet, Alarm alarm) {}

  PlainSession(
      EngineSettings settings,
      PlainSessions sessions,
      HomeLoop home,
      TransportName transport,
      HttpRequest request,
      Function<PlainSession, SessionReceiver> receivers) {
    this.settings = settings;
    this.sessions = sessions;
    this.home = home;
    this.transport = transport;
    this.request = request;
    this.issued = settings.wallClock().instant();
    this.receivers = receivers;
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
    return transport;
  }

  @Override
  public int protocol() {
    return 0;
  }

  @Override
  public boolean isOpen() {
    return open != null && !ended;
  }

  @Override
  public Outlet outlet() {
    Open channel = open;
    if (channel == null) {
      throw new IllegalStateException("websocket: not open (expected: open)");
    }
    return channel.outlet();
  }

  @Override
  public void onFirstNamespace() {
    if (!connectedOnce) {
      connectedOnce = true;
      settings.tally().firstNamespace();
    }
  }

  // ---- the channel

  @Override
  public void onOpen(WebSocketChannel channel) {
    FrameCarrier carrier = new FrameCarrier(channel, BytesForm.PLAIN, this::ping);
    Outlet outlet =
        new Outlet(
            home,
            settings,
            Heartbeats.asking(settings.options(), home.nanoTime()),
            carrier,
            new Sending());
    open = new Open(carrier, outlet, home.alarm(this::onAlarm));
    sessions.add(this);
    settings.tally().opened(transport());
    setAlarm();
    receiver = receivers.apply(this);
    receive(receiver::onOpen);
    if (sessions.closing()) {
      close(DisconnectReason.SERVER_SHUTTING_DOWN);
    }
  }

  private final class Sending implements Outlet.Owner {
    @Override
    public void onWaits() {
      setAlarm();
    }

    @Override
    public void onFlushed() {
      setAlarm();
    }

    @Override
    public void onOverflow() {
      end(DisconnectReason.SLOW_CONSUMER);
    }
  }

  private void ping(WebSocketChannel channel) {
    pingNumber++;
    channel.ping(pingPayload());
  }

  private byte[] pingPayload() {
    return ByteBuffer.allocate(Long.BYTES).putLong(pingNumber).array();
  }

  @Override
  public void onText(String text) {
    if (live()) {
      settings.tally().received(text.length());
      receive(() -> receiver.onText(text));
    }
  }

  @Override
  public void onBinary(byte[] bytes) {
    if (live()) {
      settings.tally().received(bytes.length);
      receive(() -> receiver.onBinary(bytes));
    }
  }

  /** A pong nobody asked for is allowed (RFC 6455, 5.5.3) and proves nothing. */
  @Override
  public void onPong(byte[] payload) {
    if (live() && open != null && Arrays.equals(payload, pingPayload())) {
      open.outlet().onBeat();
      setAlarm();
    }
  }

  @Override
  public void onWritable() {
    if (open != null && !ended) {
      open.outlet().flushLater();
    }
  }

  @Override
  public void onClose(int code) {
    end(DisconnectReason.TRANSPORT_CLOSE);
  }

  private void receive(Runnable delivery) {
    try {
      delivery.run();
    } catch (RuntimeException failure) {
      LOG.error("a receiver failed; its connection ends", failure);
      close(DisconnectReason.LISTENER_FAILED);
    }
  }

  // ---- time

  private boolean live() {
    checkDeadlines();
    return isOpen();
  }

  private void onAlarm() {
    checkDeadlines();
    setAlarm();
  }

  private void checkDeadlines() {
    if (open == null || ended) {
      return;
    }
    long now = home.nanoTime();
    Outlet outlet = open.outlet();
    if (!outlet.heartbeat().check(now)) {
      close(DisconnectReason.PING_TIMEOUT);
    } else if (outlet.expired(now)) {
      end(DisconnectReason.SLOW_CONSUMER);
    } else {
      outlet.beatIfDue();
    }
  }

  private void setAlarm() {
    if (open != null && !ended) {
      open.alarm().setAt(open.outlet().deadline());
    }
  }

  // ---- the end

  /** Closes it behind what is queued, with the close code that fits the reason. */
  @Override
  public void close(DisconnectReason reason) {
    assert home.inLoop();
    Open channel = open;
    if (channel == null || ended) {
      return;
    }
    leave(channel, reason);
    channel.carrier().drain(channel.outlet());
    channel.outlet().end();
    channel.carrier().channel().close(closeCode(reason), reason.text());
  }

  /** Ends it now: the channel is gone, or nobody reads it. */
  private void end(DisconnectReason reason) {
    Open channel = open;
    if (channel == null || ended) {
      return;
    }
    leave(channel, reason);
    channel.outlet().end();
    channel.carrier().channel().abort();
  }

  private void leave(Open channel, DisconnectReason reason) {
    ended = true;
    channel.outlet().seal();
    sessions.remove(this);
    channel.alarm().cancel();
    settings.tally().closed(transport(), reason, !connectedOnce);
    try {
      receiver.onClose(reason);
    } catch (RuntimeException failure) {
      LOG.error("a receiver failed at the end of its connection", failure);
    }
  }

  private static int closeCode(DisconnectReason reason) {
    if (reason == DisconnectReason.SERVER_SHUTTING_DOWN) {
      return GOING_AWAY;
    }
    if (reason == DisconnectReason.LISTENER_FAILED) {
      return INTERNAL_ERROR;
    }
    return VIOLATIONS.contains(reason) ? POLICY_VIOLATION : TRY_AGAIN_LATER;
  }
}
