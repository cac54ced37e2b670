package io.realtime.verification.bench.delivery;

import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.bench.load.Crowd;
import io.realtime.verification.bench.load.Dialect;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Everybody comes back at once, as fast as connections can be made (abuse C2). By itself: beside
 * other tests a loop would stand for want of a processor, too.
 */
@EndToEnd
@Isolated
class CrowdReturnsTest {
  private static final int CLIENTS = 1_500;
  private static final Duration LIMIT = Duration.ofSeconds(15);

  /** Ten times what is promised of a machine that has nothing else to do. */
  private static final double STALL_MILLIS = 1_000;

  private final Stack stack;

  CrowdReturnsTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void crowd_backAtOnce_isServedWithin15Seconds_eachWithWhatItMissed_andNoLoopStands()
      throws Exception {
    try (Service service = stack.ownService(unique("crowd"), stack.kafka(), Map.of());
        Crowd crowd = new Crowd(Dialect.NOTIFICATIONS, service.port());
        Producer producer = new Producer(stack.kafka().bootstrap(), CLIENTS);
        StallProbe probe = new StallProbe(service.port())) {
      crowd.resize(CLIENTS);
      crowd.resize(0);
      for (int i = 0; i < CLIENTS; i++) {
        producer.send(System.nanoTime());
      }
      producer.flush();
      String logBefore = service.log();
      probe.reset();

      long start = System.nanoTime();
      crowd.resize(CLIENTS);
      while (!everybodyHasOne(crowd) && System.nanoTime() - start < LIMIT.toNanos()) {
        LockSupport.parkNanos(10_000_000);
      }

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
      assertThat(crowd.eventsOfEach()).containsOnly(1);
      assertThat(probe.longestMillis() - probe.bystanderMillis()).isLessThan(STALL_MILLIS);
      assertThat(service.log().substring(logBefore.length())).doesNotContain("has not answered");
    }
  }

  private static boolean everybodyHasOne(Crowd crowd) {
    return Arrays.stream(crowd.eventsOfEach()).allMatch(events -> events == 1);
  }
}
