package io.realtime.socketio.server.api;

/**
 * Compression of polling answers by gzip or deflate, as the client accepts it.
 *
 * @param threshold an answer of fewer bytes is sent as it is
 * @param level of {@link java.util.zip.Deflater}: -1 for its default, or 0 to 9
 */
public record HttpCompression(int threshold, int level) {
  public HttpCompression {
    if (threshold < 0) {
      throw new IllegalArgumentException("threshold: " + threshold + " (expected: at least 0)");
    }
    if (level < -1 || level > 9) {
      throw new IllegalArgumentException("level: " + level + " (expected: -1 to 9)");
    }
  }

  public static HttpCompression defaults() {
    return new HttpCompression(1_024, -1);
  }
}
