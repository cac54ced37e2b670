package io.realtime.socketio.netty.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class DirectMemoryTest {
  @Test
  void memory_left_isTakenOutsideTheHeap() {
    ByteBuf buffer = DirectMemory.buffer(new UnpooledByteBufAllocator(true), 100);

    assertThat(buffer.isDirect()).isTrue();
    assertThat(buffer.capacity()).isEqualTo(100);
    buffer.release();
  }

  @Test
  void memory_usedUp_isTakenOnTheHeap() {
    ByteBuf buffer = DirectMemory.buffer(new Exhausted(), 100);

    assertThat(buffer.isDirect()).isFalse();
    assertThat(buffer.capacity()).isEqualTo(100);
    buffer.release();
  }

  private static final class Exhausted extends AbstractByteBufAllocator {
    Exhausted() {
      super(true);
    }

    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
      return Unpooled.buffer(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
      throw new OutOfMemoryError("failed to allocate direct memory");
    }
  }
}
