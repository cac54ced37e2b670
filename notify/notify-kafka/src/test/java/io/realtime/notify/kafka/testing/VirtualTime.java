package io.realtime.notify.kafka.testing;

import io.realtime.notify.kafka.lane.LaneRuntime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Threads and time that move only when a test moves them. Of the test's thread alone. */
public final class VirtualTime implements Executor, LaneRuntime.Timer, InstantSource {
  private final Queue<Runnable> steps = new ArrayDeque<>();
  private final TreeMap<Long, Runnable> due = new TreeMap<>();
  private final RandomGenerator random = RandomGeneratorFactory.getDefault().create(1);
  private long nowNanos;
  private long timers;

  public LaneRuntime runtime() {
    return new LaneRuntime(this, this, this, random);
  }

  @Override
  public void execute(Runnable step) {
    steps.add(step);
  }

  @Override
  public Runnable after(Duration delay, Runnable task) {
    // Timers of the same millisecond run in the order in which they were set.
    long at = nowNanos + delay.toMillis() * 1_000_000 + Math.min(++timers, 999_999);
    due.put(at, task);
    return () -> due.remove(at, task);
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nowNanos);
  }

  /** Runs what can run now. */
  public void run() {
    for (Runnable step = steps.poll(); step != null; step = steps.poll()) {
      step.run();
    }
  }

  /** Moves time on, and runs what comes due on the way. */
  public void advance(Duration by) {
    long end = nowNanos + by.toNanos();
    run();
    while (!due.isEmpty() && due.firstKey() <= end) {
      var first = due.pollFirstEntry();
      nowNanos = Math.max(nowNanos, first.getKey());
      first.getValue().run();
      run();
    }
    nowNanos = end;
  }

  /** Waits that are not over. */
  public int waits() {
    return due.size();
  }
}
