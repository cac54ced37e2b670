package io.realtime.verification.load;

import static io.realtime.verification.load.Lines.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** A hundred thousand clients that come and go, a third of them without a word. */
@Isolated
class MemoryBaselineTest {
  private static final int WARM_UP = 6_000;
  private static final int SESSIONS = 100_000;
  private static final int AT_ONCE = 64;

  /** Of 100,000 sessions: a single reference that one of them left behind would be more. */
  private static final long SLACK_KIB = 4_096;

  @Test
  @Timeout(180)
  void sessions_hundredThousandComeAndGo_memoryReturnsToTheBaseline() {
    try (ChildJvm server =
            new ChildJvm(
                ServerMain.class,
                List.of("-Xmx256m", "-Dio.netty.leakDetection.level=paranoid"),
                "0",
                "4");
        ChildJvm clients =
            new ChildJvm(SwarmMain.class, List.of("-Xmx256m"), server.hello().split(" ", -1)[0])) {
      clients.ask("churn %d %d".formatted(WARM_UP, AT_ONCE));
      awaitNobody(server);
      String before = server.ask("memory");

      clients.ask("churn %d %d".formatted(SESSIONS, AT_ONCE));

      String stats = awaitNobody(server);
      String after = server.ask("memory");
      System.out.println("BASELINE before: " + before + "; after: " + after + "; " + stats);
      assertThat(number(after, "leaks")).isZero();
      assertThat(number(after, "heap-kib") - number(before, "heap-kib"))
          .isLessThanOrEqualTo(SLACK_KIB);
      assertThat(number(after, "direct-kib") - number(before, "direct-kib"))
          .isLessThanOrEqualTo(SLACK_KIB);
    }
  }

  private static String awaitNobody(ChildJvm server) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> server.ask("stats"),
            stats ->
                number(stats, "connections") == 0
                    && number(stats, "tcp") == 0
                    && number(stats, "sockets") == 0
                    && number(stats, "members") == 0
                    && number(stats, "unconnected") == 0);
  }
}
