package io.realtime.notify.kafka.lane;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Exponential back-off with full jitter: a random time up to base, 2 base, 4 base ... cap. */
public record Backoff(Duration base, Duration cap) {

  /** For what is waited for as long as it takes. */
  public static final Backoff DEPENDENCY =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));

  /**
   * @param failures so far, from 1
   */
  public Duration after(int failures, RandomGenerator random) {
    return Duration.ofMillis(random.nextLong(bound(failures).toMillis() + 1));
  }

  Duration bound(int failures) {
    int doublings = Math.min(Math.max(failures - 1, 0), 30);
    long millis = base.toMillis() << doublings;
    return millis <= 0 || millis > cap.toMillis() ? cap : Duration.ofMillis(millis);
  }
}
