package io.realtime.notify.kafka.lane;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Threads, time and chance as lanes have them.
 *
 * @param executor runs one step of a lane; steps of different lanes may run at once, and a step may
 *     block for some seconds
 * @param random any thread
 */
public record LaneRuntime(
    Executor executor, Timer timer, InstantSource clock, RandomGenerator random) {

  /** Runs things later. Any thread. */
  @FunctionalInterface
  public interface Timer {

    /**
     * Runs {@code task}, which is short and does not block, after {@code delay}; never before this
     * returns.
     *
     * @return takes it back, if it has not run
     */
    Runnable after(Duration delay, Runnable task);
  }
}
