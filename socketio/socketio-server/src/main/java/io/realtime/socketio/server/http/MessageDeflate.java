package io.realtime.socketio.server.http;

/**
 * Compression of WebSocket messages (permessage-deflate, RFC 7692), always without context takeover
 * in both directions: a connection then keeps no compression state between messages, and a
 * broadcast is compressed once for all of them.
 *
 * @param threshold a message of fewer payload bytes is sent as it is
 * @param level of {@link java.util.zip.Deflater}: -1 for its default, or 0 to 9
 */
public record MessageDeflate(int threshold, int level) {
  public MessageDeflate {
    if (threshold < 0) {
      throw new IllegalArgumentException("threshold: " + threshold + " (expected: at least 0)");
    }
    if (level < -1 || level > 9) {
      throw new IllegalArgumentException("level: " + level + " (expected: -1 to 9)");
    }
  }

  /** From 1,024 bytes, at the fastest level that matters: 1 is several times as fast as 6. */
  public static MessageDeflate defaults() {
    return new MessageDeflate(1_024, 1);
  }
}
