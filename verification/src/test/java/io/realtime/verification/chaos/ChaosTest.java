package io.realtime.verification.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.chaos.oracle.Verdict;
import io.realtime.verification.chaos.world.Size;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The small round of {@code ./chaos}, once in every test run. */
@Isolated
class ChaosTest {
  private static final long SEED = 26;

  @Test
  @Timeout(120)
  void service_killedStoppedAndCutOff_keepsItsPromises(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) {
    Round round = new Round(folder, "classic", Size.small(), System.err::println);

    Round.Outcome outcome = round.run(SEED);

    assertThat(outcome.verdict()).as(folder.toString()).isInstanceOf(Verdict.Valid.class);
    assertThat(outcome.tally().serviceKills()).isPositive();
  }
}
