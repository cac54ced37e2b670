package io.realtime.socketio.protocol.socketio;

import java.nio.charset.StandardCharsets;

/**
 * JSON text that is already valid and is written to the wire as it is. The array belongs to this
 * value and is never written to.
 *
 * @param utf8 one JSON value in UTF-8
 */
public record RawJson(byte[] utf8) {

  /** From text that the caller knows to be one valid JSON value. */
  public static RawJson of(String json) {
    return new RawJson(json.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
