package io.realtime.notify.kafka.ingest;

import io.realtime.notify.kafka.lane.LaneRuntime;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A virtual thread for each step of a lane, and one daemon for their waits. */
final class LaneThreads implements LaneRuntime.Timer, AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().name("kafka-timer").daemon().unstarted(task));

  private final Executor executor = task -> Thread.ofVirtual().name("kafka-lane").start(task);

  Executor executor() {
    return executor;
  }

  @Override
  public Runnable after(Duration delay, Runnable task) {
    ScheduledFuture<?> due = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    return () -> due.cancel(false);
  }

  /** When no lane runs any more. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
