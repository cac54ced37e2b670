package io.realtime.socketio.netty.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Buffers for what is sent. Any thread. */
public final class DirectMemory {
  private DirectMemory() {}

  /**
   * A buffer with room for {@code capacity} bytes, outside the heap. When no memory is left there,
   * it is on the heap: a task that sends to many then goes on, and Netty, which copies such a
   * buffer before it writes it, fails the write of that channel alone, unless there is memory again
   * by then. So whoever writes it must close the channel when its write fails.
   */
  public static ByteBuf buffer(ByteBufAllocator alloc, int capacity) {
    try {
      return alloc.directBuffer(capacity);
    } catch (OutOfMemoryError exhausted) {
      return alloc.heapBuffer(capacity);
    }
  }
}
