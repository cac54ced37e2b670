package io.realtime.socketio.protocol.socketio;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

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

  /**
   * The value that it is the text of, for formats that are not JSON.
   *
   * @throws io.realtime.socketio.protocol.engineio.MalformedPacketException when it is not one JSON
   *     value within {@code limits}
   */
  public @Nullable Object value(DecodeLimits limits) {
    return JsonValues.within(limits).parse(toString(), 0, Attachments.none());
  }

  @Override
  public String toString() {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
