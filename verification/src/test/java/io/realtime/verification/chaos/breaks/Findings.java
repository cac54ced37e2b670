package io.realtime.verification.chaos.breaks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What was not as promised; goes on all the same, so that one run tells everything. */
final class Findings {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<String> faults = new ArrayList<>();

  void check(String what, boolean good) {
    if (!good) {
      faults.add("not so: " + what);
    }
  }

  /** Waits for it. */
  void require(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        faults.add("not within " + PATIENCE.toSeconds() + " s: " + what);
        return;
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  List<String> faults() {
    return List.copyOf(faults);
  }
}
