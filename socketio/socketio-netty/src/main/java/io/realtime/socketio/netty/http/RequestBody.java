package io.realtime.socketio.netty.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** A body that is arriving. Grows with what has come, never past its limit. */
final class RequestBody {
  private static final int FIRST_SIZE = 1_024;

  private final int limit;
  private byte[] bytes = new byte[0];
  private int length;

  RequestBody(int limit) {
    this.limit = limit;
  }

  int limit() {
    return limit;
  }

  /** False when this goes past the limit; nothing is kept then. */
  boolean add(ByteBuf piece) {
    int count = piece.readableBytes();
    if (count > limit - length) {
      bytes = new byte[0];
      return false;
    }
    int needed = length + count;
    if (needed > bytes.length) {
      long roomy = Math.max(FIRST_SIZE, (long) needed + (needed >> 1));
      bytes = Arrays.copyOf(bytes, (int) Math.min(limit, roomy));
    }
    piece.readBytes(bytes, length, count);
    length = needed;
    return true;
  }

  byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
