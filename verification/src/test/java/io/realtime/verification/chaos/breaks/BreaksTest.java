package io.realtime.verification.chaos.breaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shortest breaks of {@code ./chaos --breaks}, in every test run. */
@EndToEnd
class BreaksTest {
  private static final Duration LENGTH = Duration.ofSeconds(10);

  /** A hole is noticed at both ends before it is over. */
  private static final Map<String, String> QUICK =
      Map.of("WS_PING_INTERVAL", "2000", "WS_PING_TIMEOUT", "3000");

  private final Stack stack;

  BreaksTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  @Timeout(240)
  void connections_brokenForTenSeconds_everyClientHasWhatItMissedInOrder() throws Exception {
    try (Service service = stack.ownService("breaks", stack.kafka(), QUICK)) {
      List<Broken.Result> results =
          new Breaks(stack.kafka(), service, stack.clients()).run(Break.all(List.of(LENGTH)));

      assertThat(results).hasSize(8).allMatch(Broken.Result::good);
    }
  }
}
