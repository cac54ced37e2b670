package io.realtime.verification.chaos.breaks;

import java.time.Duration;
import java.util.List;

/**
 * What came of an outage.
 *
 * @param orders that each user was sent
 * @param resumed how long after its end everybody had all of them
 * @param faults empty when everything was as promised
 */
record Outage(Duration length, int orders, Duration resumed, List<String> faults) {
  boolean good() {
    return faults.isEmpty();
  }
}
