package io.realtime.socketio.server.api;

/** How a client is connected. */
public enum TransportName {
  POLLING("polling"),
  WEBSOCKET("websocket"),
  /** A WebSocket that speaks the application's own {@link PlainProtocol}. */
  PLAIN_WEBSOCKET("plain-websocket"),
  /** Server-sent events: a client that only listens, in the application's own form. */
  EVENT_STREAM("event-stream");

  private final String wireName;

  TransportName(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
