package io.realtime.socketio.netty.websocket;

/** Close codes of RFC 6455, 7.4.1, that this server sends or reports. */
final class CloseCode {
  static final int NORMAL = 1000;
  static final int PROTOCOL_ERROR = 1002;

  /** Never on the wire: the peer's close frame was empty. */
  static final int NO_STATUS = 1005;

  /** Never on the wire: the connection ended without a close frame. */
  static final int ABNORMAL = 1006;

  static final int INVALID_PAYLOAD = 1007;
  static final int POLICY_VIOLATION = 1008;
  static final int MESSAGE_TOO_BIG = 1009;
  static final int INTERNAL_ERROR = 1011;

  private CloseCode() {}

  /** Whether a peer may put {@code code} into a close frame. */
  static boolean mayBeSent(int code) {
    if (code >= 3000) {
      return code < 5000;
    }
    return code >= NORMAL && code <= 1014 && code != 1004 && code != NO_STATUS && code != ABNORMAL;
  }
}
