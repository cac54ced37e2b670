package io.realtime.verification.chaos.breaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short outage of the store, in every test run; {@code ./chaos --breaks} has a longer one. */
@EndToEnd
class StoreOutageTest {
  private static final String GROUP = "store-outage";

  private final Stack stack;

  StoreOutageTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  @Timeout(240)
  void store_lockedByAnotherProgram_pausesLosesNothingAndGoesOn() throws Exception {
    try (Service service = stack.ownService(GROUP, stack.kafka(), Map.of())) {
      StoreOutage outage =
          new StoreOutage(
              stack.kafka(),
              service,
              GROUP,
              stack.folder(GROUP).resolve("data/inbox.db"),
              stack.clients());

      Outage result = outage.run(Duration.ofSeconds(8));

      assertThat(result.faults()).isEmpty();
    }
  }
}
