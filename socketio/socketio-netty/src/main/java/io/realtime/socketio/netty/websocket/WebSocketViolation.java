package io.realtime.socketio.netty.websocket;

/**
 * The peer broke a rule of RFC 6455, and the connection fails with {@link #closeCode}. Carries no
 * payload and no stack trace: a peer can cause any number of these.
 */
final class WebSocketViolation extends Exception {
  private static final long serialVersionUID = 1L;

  private final int closeCode;

  WebSocketViolation(int closeCode, String message) {
    super(message, null, false, false);
    this.closeCode = closeCode;
  }

  int closeCode() {
    return closeCode;
  }
}
