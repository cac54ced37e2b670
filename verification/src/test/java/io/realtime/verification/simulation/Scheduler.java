package io.realtime.verification.simulation;

import io.realtime.notify.kafka.lane.LaneRuntime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/** Virtual time, and which of all that could happen next does: by chance, from the seed alone. */
final class Scheduler implements InstantSource {
  private static final long EPOCH = Instant.parse("2026-11-24T10:00:00Z").toEpochMilli();

  private final RandomGenerator random;
  private final List<Strand> strands = new ArrayList<>();
  private final PriorityQueue<Timed> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timed::at).thenComparingLong(Timed::order));
  private long now = EPOCH;
  private long orders;

  Scheduler(RandomGenerator random) {
    this.random = random;
  }

  /** Things that happen one after another, at any time. */
  interface Strand {
    Object owner();

    boolean idle();

    void step();

    /** Whether nothing will come any more. */
    default boolean over() {
      return false;
    }
  }

  /**
   * @param owner whose end ends it too
   */
  private record Timed(long at, long order, Object owner, Runnable task) {}

  void add(Strand strand) {
    strands.add(strand);
  }

  /** The owner's process has ended: nothing of it happens any more. */
  void end(Object owner) {
    strands.removeIf(strand -> strand.owner().equals(owner));
    timers.removeIf(timed -> timed.owner().equals(owner));
  }

  /** Forgets what is over. */
  void prune() {
    strands.removeIf(strand -> strand.over() && strand.idle());
  }

  LaneRuntime.Timer timer(Object owner) {
    return (delay, task) -> after(owner, delay, task);
  }

  Runnable after(Object owner, Duration delay, Runnable task) {
    Timed timed = new Timed(now + delay.toMillis(), orders++, owner, task);
    timers.add(timed);
    return () -> timers.remove(timed);
  }

  /** One thing happens; false when nothing can without time passing. */
  boolean step() {
    int start = strands.isEmpty() ? 0 : random.nextInt(strands.size());
    for (int i = 0; i < strands.size(); i++) {
      Strand strand = strands.get((start + i) % strands.size());
      if (!strand.idle()) {
        strand.step();
        return true;
      }
    }
    return false;
  }

  /** Everything happens that can without time passing, unless it never ends. */
  void settle() {
    for (int i = 0; i < 20_000; i++) {
      if (!step()) {
        return;
      }
    }
    throw new IllegalStateException("20,000 steps in no time (expected: an end)");
  }

  /**
   * Time passes; what comes due on the way happens.
   *
   * @param settled whether nothing is left undone meanwhile
   */
  void advance(Duration by, boolean settled) {
    long end = now + by.toMillis();
    for (Timed next = timers.peek(); next != null && next.at() <= end; next = timers.peek()) {
      timers.remove();
      now = Math.max(now, next.at());
      next.task().run();
      if (settled) {
        settle();
      }
    }
    now = end;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  @Override
  public long millis() {
    return now;
  }
}
