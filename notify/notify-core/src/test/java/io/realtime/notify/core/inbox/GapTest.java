package io.realtime.notify.core.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What remains to be told. Seeds 7566 and 28174 of the simulation. */
class GapTest {
  private static Gap one(long seq, long acceptedAt) {
    Instant at = Instant.ofEpochSecond(acceptedAt);
    return new Gap(Gap.Reason.CAP, seq, seq, 1, at, at);
  }

  @Test
  void laterEntryOfAnOlderRecord_afterATelling_isStillCovered() {
    Gap told = one(1, 100);
    Gap left = told.merge(one(2, 50)).minus(told);

    assertThat(left.evicted()).isEqualTo(1);
    assertThat(left.fromSeq()).isEqualTo(2);
    assertThat(left.since()).isEqualTo(Instant.ofEpochSecond(50));
  }

  @Test
  void everything_afterATelling_isNothing() {
    Gap told = one(1, 100);

    assertThat(told.minus(told).evicted()).isZero();
  }
}
