package io.realtime.socketio.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The writing side of one HTTP connection: one flush for all that a read has caused, and a watch on
 * whether the peer takes what it is sent.
 */
final class ConnectionOutput {
  private static final long NOT_WAITING = Long.MAX_VALUE;

  private final Channel channel;
  private final long writeDeadlineNanos;
  private boolean reading;
  private boolean flushDue;
  private long writesCompleted;
  private long lastProgress;
  private long waitingSince = NOT_WAITING;

  ConnectionOutput(Channel channel, Duration writeDeadline) {
    this.channel = channel;
    this.writeDeadlineNanos = writeDeadline.toNanos();
  }

  ByteBufAllocator alloc() {
    return channel.alloc();
  }

  boolean writable() {
    return channel.isWritable();
  }

  /**
   * What is sent from here on leaves with {@link #endRead}: the end of one message, not of the read
   * loop, which may come in a later turn under io_uring.
   */
  void beginRead() {
    reading = true;
  }

  void endRead() {
    reading = false;
    if (flushDue) {
      flushDue = false;
      channel.flush();
    }
  }

  /** {@code whenGone} hears on the loop whether the bytes have left to the kernel. */
  void send(ByteBuf bytes, Consumer<Boolean> whenGone) {
    ChannelFuture written = channel.write(bytes);
    written.addListener(
        done -> {
          writesCompleted++;
          whenGone.accept(done.isSuccess());
          if (!done.isSuccess()) { // what follows would stand behind a hole
            var _ = channel.close();
          }
        });
    if (reading) {
      flushDue = true;
    } else {
      channel.flush();
    }
  }

  /** Whether the peer has taken nothing of what is queued for the whole write deadline. */
  boolean stalled(long now) {
    ChannelOutboundBuffer queued = channel.unsafe().outboundBuffer();
    if (queued == null || queued.isEmpty()) {
      waitingSince = NOT_WAITING;
      return false;
    }
    long progress = writesCompleted + queued.currentProgress();
    if (waitingSince == NOT_WAITING || progress != lastProgress) {
      waitingSince = now;
      lastProgress = progress;
      return false;
    }
    return now - waitingSince >= writeDeadlineNanos;
  }
}
