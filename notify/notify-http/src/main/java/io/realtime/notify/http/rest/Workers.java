package io.realtime.notify.http.rest;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Virtual threads, a bounded number at a time: what does not fit is refused, never queued. */
public final class Workers {
  private final Semaphore permits;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("rest-", 0).factory());

  /**
   * @param maxConcurrent tasks at a time
   */
  public Workers(int maxConcurrent) {
    this.permits = new Semaphore(maxConcurrent);
  }

  /** From any thread. False when all are busy or this is closed; {@code task} then never runs. */
  public boolean tryRun(Runnable task) {
    if (!permits.tryAcquire()) {
      return false;
    }
    try {
      threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              permits.release();
            }
          });
      return true;
    } catch (RejectedExecutionException e) {
      permits.release();
      return false;
    }
  }

  /** Takes no more tasks, and interrupts those that have not ended after {@code grace}. */
  public void close(Duration grace) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
