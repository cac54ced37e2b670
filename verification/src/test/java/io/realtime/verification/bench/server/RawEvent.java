package io.realtime.verification.bench.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * An event as bytes, but for the user whom it is for.
 *
 * @param before what stands before the user's number
 * @param after what stands behind it
 */
record RawEvent(byte[] before, byte[] after) {
  /** Payloads from here to 65,535 bytes have a length of two bytes (RFC 6455, 5.2). */
  private static final int LONG = 126;

  static RawEvent of(long stamp) {
    StringBuilder before = new StringBuilder("42[\"order\",{");
    Commands.payload(0, stamp)
        .forEach(
            (key, value) -> {
              if (!key.equals("user")) {
                before.append('"').append(key).append("\":");
                before.append(value instanceof String ? "\"" + value + "\"" : value).append(',');
              }
            });
    return new RawEvent(ascii(before.append("\"user\":").toString()), ascii("}]"));
  }

  /** A text frame that the caller owns. */
  ByteBuf frame(ByteBufAllocator allocator, int user) {
    byte[] number = ascii(Integer.toString(user));
    int length = before.length + number.length + after.length;
    ByteBuf frame = allocator.directBuffer(length + 4).writeByte(0x81);
    if (length < LONG) {
      frame.writeByte(length);
    } else {
      frame.writeByte(LONG).writeShort(length);
    }
    return frame.writeBytes(before).writeBytes(number).writeBytes(after);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
