package io.realtime.socketio.netty.http;

import io.netty.buffer.ByteBuf;

/**
 * Looks for extensions in the size lines of a chunked body (RFC 9112, 7.1.1), and for sizes past
 * all bounds. Nobody needs either, and what one proxy takes for an extension, or for a chunk,
 * another takes for a request. Everything else about the body is the decoder's to check.
 */
final class ChunkLines {
  private enum State {
    NONE,
    SIZE,
    CHUNK
  }

  /** The decoder refuses a larger one too; past 64 bits it could not be counted here. */
  private static final long MAX_SIZE = Integer.MAX_VALUE;

  private State state = State.NONE;
  private long size;

  /** Bytes of the chunk and of the line's end behind it that are still to come. */
  private long remaining;

  /** A request has begun. */
  void begin(boolean chunked) {
    state = chunked ? State.SIZE : State.NONE;
    size = 0;
  }

  /** False when the bytes that the decoder has consumed hold an extension or such a size. */
  boolean accepts(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to && state != State.NONE) {
      if (state == State.CHUNK) {
        int skipped = (int) Math.min(remaining, to - at);
        at += skipped;
        remaining -= skipped;
        if (remaining == 0) {
          state = State.SIZE;
          size = 0;
        }
      } else if (!acceptsSizeByte(in.getByte(at++))) {
        return false;
      }
    }
    return true;
  }

  private boolean acceptsSizeByte(byte value) {
    if (value == '\n') {
      state = size == 0 ? State.NONE : State.CHUNK; // what follows the last chunk is the trailer
      remaining = size + 2;
      return true;
    }
    int digit = Character.digit(value, 16);
    if (digit >= 0) {
      size = (size << 4) + digit;
    }
    return size <= MAX_SIZE && (digit >= 0 || value == '\r');
  }
}
