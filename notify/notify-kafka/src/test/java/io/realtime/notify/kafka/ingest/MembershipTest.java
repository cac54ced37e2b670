package io.realtime.notify.kafka.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.kafka.ingest.Membership.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipTest {
  private static final Instant T0 = Instant.EPOCH;
  private final Membership membership = new Membership(Duration.ofSeconds(10));

  @Test
  void beforeTheFirstAnswer_nothingIsKnown() {
    assertThat(membership.state(T0)).isEqualTo(State.UNKNOWN);
    membership.seen(List.of(), T0);
    assertThat(membership.state(T0)).isEqualTo(State.ALONE);
  }

  @Test
  void other_countsOnePastItsTime_notAtIt() {
    membership.seen(List.of("other"), T0);
    assertThat(membership.state(T0.plusSeconds(10))).isEqualTo(State.OTHERS);
    assertThat(membership.state(T0.plusSeconds(10).plusMillis(1))).isEqualTo(State.CONFLICT);
    assertThat(membership.names()).isEqualTo("other");
  }

  @Test
  void deadPredecessor_thatGoesInTime_neverCounts() {
    membership.seen(List.of("dead"), T0);
    membership.seen(List.of("dead"), T0.plusSeconds(9));
    membership.seen(List.of(), T0.plusSeconds(10));
    assertThat(membership.state(T0.plusSeconds(60))).isEqualTo(State.ALONE);
  }

  @Test
  void oneAfterTheOther_eachHasItsOwnTime() {
    membership.seen(List.of("first"), T0);
    membership.seen(List.of("second"), T0.plusSeconds(9));
    assertThat(membership.state(T0.plusSeconds(18))).isEqualTo(State.OTHERS);
    assertThat(membership.state(T0.plusSeconds(20))).isEqualTo(State.CONFLICT);
  }

  @Test
  void conflict_endsWhenTheOtherGoes() {
    membership.seen(List.of("other", "other"), T0);
    assertThat(membership.state(T0.plusSeconds(11))).isEqualTo(State.CONFLICT);
    membership.seen(List.of(), T0.plusSeconds(12));
    assertThat(membership.state(T0.plusSeconds(12))).isEqualTo(State.ALONE);
  }
}
