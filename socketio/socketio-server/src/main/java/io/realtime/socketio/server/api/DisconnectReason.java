package io.realtime.socketio.server.api;

/**
 * Why a socket ended: one name each, upstream's text where upstream has one, and the label of its
 * metric.
 */
public enum DisconnectReason {
  TRANSPORT_ERROR("transport error"),
  TRANSPORT_CLOSE("transport close"),
  FORCED_CLOSE("forced close"),
  PING_TIMEOUT("ping timeout"),
  PARSE_ERROR("parse error"),
  SERVER_SHUTTING_DOWN("server shutting down"),
  FORCED_SERVER_CLOSE("forced server close"),
  CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
  SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
  /** The client read too slowly and its outbound queue reached a bound. */
  SLOW_CONSUMER("slow consumer"),
  /** A listener threw. */
  LISTENER_FAILED("listener failed");

  private final String text;

  DisconnectReason(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
