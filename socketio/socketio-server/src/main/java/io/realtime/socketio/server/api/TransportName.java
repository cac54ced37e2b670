package io.realtime.socketio.server.api;

/** How a client is connected. */
public enum TransportName {
  POLLING("polling"),
  WEBSOCKET("websocket"),
  /** A WebSocket that speaks the application's own {@link PlainProtocol}. */
  PLAIN_WEBSOCKET("plain-websocket");

  private final String wireName;

  TransportName(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
