package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.revision.PollingFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What carries one session: polling until a WebSocket takes over, or a WebSocket from the start.
 * Tells the session's own WebSocket from one that only asks to be. On the home loop, but for {@link
 * #name}.
 */
final class SessionTransport {
  private final EngineSession session;
  private final long upgradeTimeoutNanos;
  private final @Nullable PollingCarrier polling;
  private volatile @Nullable EngineWebSocket webSocket;
  private @Nullable UpgradeProbe upgrade;

  /**
   * @param webSocket begins with it; with polling without one
   */
  SessionTransport(
      EngineSession session, ServerOptions options, @Nullable EngineWebSocket webSocket) {
    this.session = session;
    this.upgradeTimeoutNanos = options.upgradeTimeout().toNanos();
    this.webSocket = webSocket;
    this.polling =
        webSocket == null
            ? new PollingCarrier(
                session.revision().pollingOf(session.request()),
                session.revision().beat(),
                options.maxPayload())
            : null;
  }

  /** Any thread. */
  TransportName name() {
    return isPolling() ? TransportName.POLLING : TransportName.WEBSOCKET;
  }

  boolean isPolling() {
    return webSocket == null;
  }

  Carrier carrier() {
    EngineWebSocket current = webSocket;
    return current == null ? Objects.requireNonNull(polling) : current.carrier();
  }

  // ---- polling

  /** How payloads look; only while it is polling. */
  PollingFormat pollingFormat() {
    return Objects.requireNonNull(polling).format();
  }

  /** Has a poll wait for packets; false when another one does. */
  boolean park(EngineExchange exchange) {
    if (polling == null || polling.isWaiting()) {
      return false;
    }
    polling.park(exchange);
    return true;
  }

  /** False when it is not the poll that waits. */
  boolean unpark(EngineExchange exchange) {
    if (polling == null || !polling.isWaiting(exchange)) {
      return false;
    }
    polling.unpark();
    return true;
  }

  boolean pollWaits() {
    return polling != null && polling.isWaiting();
  }

  /** Ends the poll that waits, if one does. */
  void answerNoop() {
    if (polling != null) {
      polling.answerNoop();
    }
  }

  // ---- what a WebSocket reports, the session's own or a candidate

  /** A WebSocket with this session's id is open: begins an upgrade, or closes it. */
  void onCandidate(EngineWebSocket candidate) {
    if (!session.isOpen() || webSocket != null || upgrade != null) {
      candidate.close();
      return;
    }
    upgrade = new UpgradeProbe(candidate, session.home().nanoTime() + upgradeTimeoutNanos);
    session.setAlarm();
  }

  void onText(EngineWebSocket from, String text) {
    UpgradeProbe probe = upgrade;
    if (probe != null && probe.candidate() == from) {
      onProbeText(probe, text);
    } else if (isCurrent(from)) {
      session.inbound().onText(text);
    }
  }

  void onBinary(EngineWebSocket from, byte[] bytes) {
    if (isCandidate(from)) {
      abandonUpgrade();
    } else if (isCurrent(from)) {
      session.inbound().onBinary(bytes);
    }
  }

  void onWritable(EngineWebSocket from) {
    if (isCurrent(from)) {
      session.onWritable();
    }
  }

  void onClose(EngineWebSocket from, int code) {
    if (isCandidate(from)) {
      upgrade = null;
    } else if (isCurrent(from)) {
      // a code that says that a frame broke the rules: either side may have said so
      boolean violation = code == 1002 || (code >= 1007 && code <= 1009);
      session.end(violation ? DisconnectReason.TRANSPORT_ERROR : DisconnectReason.TRANSPORT_CLOSE);
    }
  }

  private boolean isCurrent(EngineWebSocket from) {
    return from.equals(webSocket);
  }

  private boolean isCandidate(EngineWebSocket from) {
    return upgrade != null && upgrade.candidate() == from;
  }

  // ---- the upgrade

  private void onProbeText(UpgradeProbe probe, String text) {
    if (text.equals("2probe")) {
      probe.candidate().answerProbe();
      probe.onProbe(session.home().nanoTime());
      session.setAlarm();
    } else if (text.equals("5")) {
      complete(probe);
    } else {
      abandonUpgrade();
    }
  }

  private void complete(UpgradeProbe probe) {
    upgrade = null;
    webSocket = probe.candidate();
    if (polling != null) {
      // stock clients have stopped polling: a GET that still waits came too late
      polling.refuse(EngineError.BAD_REQUEST);
    }
    session.onUpgraded();
  }

  void abandonUpgrade() {
    UpgradeProbe probe = upgrade;
    if (probe != null) {
      upgrade = null;
      probe.candidate().close();
    }
  }

  /** Ends an upgrade that takes too long, and a poll that stands in the way of one. */
  void checkUpgrade(long nowNanos) {
    UpgradeProbe probe = upgrade;
    if (probe == null) {
      return;
    }
    if (probe.expired(nowNanos)) {
      abandonUpgrade();
    } else if (probe.noopDue(nowNanos)) {
      answerNoop();
    }
  }

  /** When {@link #checkUpgrade} has something to do, if that is before {@code other}. */
  long deadlineBefore(long other) {
    UpgradeProbe probe = upgrade;
    return probe != null && probe.deadline() - other < 0 ? probe.deadline() : other;
  }

  // ---- the end

  /**
   * Hands over what waits to a WebSocket, however slow. False for polling: the client has to come
   * for it, and for the close behind.
   */
  boolean drain(Outlet outlet) {
    EngineWebSocket current = webSocket;
    if (current != null) {
      current.carrier().drain(outlet);
      return true;
    }
    Objects.requireNonNull(polling).closeWhenDrained();
    return false;
  }

  /** Whether a polling client has fetched its close. */
  boolean closeSent() {
    return polling != null && polling.closeSent();
  }

  /** Ends a WebSocket at once: a close frame would only join the queue that nobody reads. */
  void abort() {
    EngineWebSocket current = webSocket;
    if (current != null) {
      current.abort();
    }
  }

  /** Closes all that is open. */
  void release() {
    abandonUpgrade();
    EngineWebSocket current = webSocket;
    if (current != null) {
      current.close();
    }
    if (polling != null) {
      polling.answerClose();
    }
  }
}
