package io.realtime.notify.core.breaker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Opens after 5 failures in a row, or when half of at least 10 calls within 2 s failed; then one
 * probe is due after 1 s with jitter, and after each that fails a longer time, to 4.5 s.
 *
 * <pre>
 *   closed    --{@link #onFailure} past a bound--> open
 *   open      --{@link #takeProbe} when it is due--> half open
 *   half open --{@link #onProbe} succeeded--> closed
 *             --failed--> open
 * </pre>
 *
 * <p>Any thread.
 */
public final class CircuitBreaker {
  static final int MAX_FAILURES = 5;
  static final int MIN_CALLS = 10;
  static final Duration WINDOW = Duration.ofSeconds(2);
  static final Duration FIRST_PROBE = Duration.ofSeconds(1);
  static final Duration LAST_PROBE = Duration.ofMillis(4_500);

  private final ReentrantLock lock = new ReentrantLock();
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ArrayDeque<Call> calls = new ArrayDeque<>();
  private State state;
  private int failuresInARow;
  private int failuresInWindow;

  public CircuitBreaker(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
    this.state = new State.Closed();
  }

  private record Call(Instant at, boolean failed) {}

  /** Where it stands. */
  public sealed interface State {
    /** Calls go through. */
    record Closed() implements State {}

    /**
     * Calls are refused.
     *
     * @param since when it opened
     * @param reason of the last failure
     * @param probeAt when the next probe is due
     * @param probes that have failed
     */
    record Open(Instant since, String reason, Instant probeAt, int probes) implements State {}

    /** One probe is under way; calls are refused. */
    record HalfOpen(Open before) implements State {}
  }

  public State state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a call may go through. */
  public boolean isClosed() {
    return state() instanceof State.Closed;
  }

  public void onSuccess() {
    lock.lock();
    try {
      if (state instanceof State.Closed) {
        failuresInARow = 0;
        note(false);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A call failed because the store is away. */
  public void onFailure(String reason) {
    lock.lock();
    try {
      if (!(state instanceof State.Closed)) {
        return;
      }
      failuresInARow++;
      note(true);
      boolean half = calls.size() >= MIN_CALLS && failuresInWindow * 2 >= calls.size();
      if (failuresInARow >= MAX_FAILURES || half) {
        Instant now = clock.instant();
        state = new State.Open(now, reason, now.plus(wait(0)), 0);
        calls.clear();
        failuresInARow = 0;
        failuresInWindow = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Bounded: what is older than the window goes, and of the rest the oldest past 1,000. */
  private void note(boolean failed) {
    Instant now = clock.instant();
    calls.addLast(new Call(now, failed));
    failuresInWindow += failed ? 1 : 0;
    while (calls.getFirst().at().plus(WINDOW).isBefore(now) || calls.size() > 1_000) {
      failuresInWindow -= calls.removeFirst().failed() ? 1 : 0;
    }
  }

  /** Whether it is time for a probe; who is told so must call {@link #onProbe}. */
  public boolean takeProbe() {
    lock.lock();
    try {
      if (state instanceof State.Open open && !open.probeAt().isAfter(clock.instant())) {
        state = new State.HalfOpen(open);
        return true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param failure empty when the probe succeeded
   */
  public void onProbe(String failure) {
    lock.lock();
    try {
      if (state instanceof State.HalfOpen(State.Open before)) {
        int probes = before.probes() + 1;
        state =
            failure.isEmpty()
                ? new State.Closed()
                : new State.Open(
                    before.since(), failure, clock.instant().plus(wait(probes)), probes);
      }
    } finally {
      lock.unlock();
    }
  }

  /** 1 s, 2 s, 4 s, then 4.5 s; each up to a fifth less, so that probes of many nodes spread. */
  private Duration wait(int probes) {
    long millis = Math.min(FIRST_PROBE.toMillis() << Math.min(probes, 10), LAST_PROBE.toMillis());
    long shortest = Math.max(FIRST_PROBE.toMillis(), millis * 4 / 5);
    return Duration.ofMillis(random.nextLong(shortest, millis + 1));
  }
}
