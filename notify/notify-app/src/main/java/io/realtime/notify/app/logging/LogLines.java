package io.realtime.notify.app.logging;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lines on their way to a stream, written by a thread of their own: a stream that takes nothing
 * holds up nobody who logs. What there is no room for is dropped and counted. Any thread may log.
 */
final class LogLines extends AsyncAppender {
  private final Semaphore room;
  private final LongAdder lost;

  /**
   * To be started by the caller; {@link #stop} waits up to a second for lines that are under way.
   *
   * @param capacity lines under way, the one that is being written included
   * @param lost lines that found no room
   */
  LogLines(
      LoggerContext context,
      OutputStream out,
      Encoder<ILoggingEvent> encoder,
      int capacity,
      LongAdder lost) {
    this.room = new Semaphore(capacity);
    this.lost = lost;
    setContext(context);
    setName("lines");
    setQueueSize(capacity);
    setDiscardingThreshold(0); // a level is no reason to drop a line
    setNeverBlock(true);
    Writer writer = new Writer(room);
    writer.setContext(context);
    writer.setName("writer");
    writer.setEncoder(encoder);
    writer.setOutputStream(out);
    writer.start();
    addAppender(writer);
  }

  /** The queue itself drops without a word, so it is never asked when it may be full. */
  @Override
  protected void append(ILoggingEvent event) {
    if (!room.tryAcquire()) {
      lost.increment();
      return;
    }
    boolean queued = false;
    try {
      super.append(event);
      queued = true;
    } finally {
      if (!queued) {
        room.release();
      }
    }
  }

  private static final class Writer extends OutputStreamAppender<ILoggingEvent> {
    private final Semaphore room;

    Writer(Semaphore room) {
      this.room = room;
    }

    @Override
    protected void append(ILoggingEvent event) {
      try {
        super.append(event);
      } finally {
        room.release();
      }
    }
  }
}
