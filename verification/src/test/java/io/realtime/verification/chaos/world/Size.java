package io.realtime.verification.chaos.world;

import java.time.Duration;

/**
 * How large a round is.
 *
 * @param single users with one hand-made client
 * @param pairs users with two hand-made clients
 * @param stock stock clients, each beside a hand-made client of the same user
 * @param perSecond records
 * @param faults for how long they come
 */
public record Size(int single, int pairs, int stock, int perSecond, Duration faults) {
  /** 200 hand-made clients and 20 stock ones. */
  public static Size full() {
    return new Size(98, 40, 20, 250, Duration.ofSeconds(45));
  }

  /** For every test run. */
  public static Size small() {
    return new Size(20, 8, 6, 100, Duration.ofSeconds(14));
  }
}
