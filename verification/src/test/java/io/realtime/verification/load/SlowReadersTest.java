package io.realtime.verification.load;

import static io.realtime.verification.load.Lines.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Clients that stop reading cost their own connection, and neither the others nor the server. The
 * machine is shared: more rounds are run when the median of the first three is not convincing.
 */
@Isolated
class SlowReadersTest {
  private static final int READERS = 200;
  private static final int SLOW = 10;
  private static final int PER_SECOND = 50;
  private static final int SIZE = 4_096;
  private static final int ROUNDS = 3;
  private static final int MOST_ROUNDS = 7;
  private static final int SECONDS = 12;
  private static final double LIMIT_MILLIS = 100;

  /** What ten clients may hold: queue and channel. */
  private static final long BOUND_KIB =
      (long) SLOW * (ServerMain.BOUNDS.maxBytes() + 64 * 1024) / 1024;

  private static final long SLACK_KIB = 16_384;

  @Test
  @Timeout(240)
  void readers_tenOfThemStop_areClosedWithinTheBoundAndTheOthersDoNotNotice() {
    try (ChildJvm server = new ChildJvm(ServerMain.class, List.of("-Xmx512m"), "0", "25");
        ChildJvm clients =
            new ChildJvm(SwarmMain.class, List.of("-Xmx512m"), server.hello().split(" ", -1)[0])) {
      clients.ask("connect " + (READERS - SLOW));
      p99WithoutSlow(server, clients); // warm
      List<Double> without = new ArrayList<>();
      List<Double> with = new ArrayList<>();
      while (with.size() < ROUNDS || (with.size() < MOST_ROUNDS && !isUnnoticed(with, without))) {
        without.add(p99WithoutSlow(server, clients));
        with.add(p99WithSlow(server, clients, with.size() + 1));
      }
      assertMemoryStaysBounded(server, clients, with.size());
      System.out.println("SLOW READERS p99 in ms, without: " + without + ", with: " + with);
      assertThat(isUnnoticed(with, without)).isTrue();
    }
  }

  private static boolean isUnnoticed(List<Double> with, List<Double> without) {
    return median(with) < LIMIT_MILLIS && median(with) <= 2 * median(without);
  }

  private static double p99WithoutSlow(ChildJvm server, ChildJvm clients) {
    return p99(server, clients, SECONDS / 2);
  }

  private static double p99WithSlow(ChildJvm server, ChildJvm clients, int round) {
    clients.ask("slow " + SLOW);
    double p99 = p99(server, clients, SECONDS); // they are closed meanwhile
    assertClosed(server, round);
    return p99;
  }

  /** Of the events that the readers got in {@code seconds} of broadcasting, all of them. */
  private static double p99(ChildJvm server, ChildJvm clients, int seconds) {
    clients.ask("reset");
    int events = seconds * PER_SECOND;
    server.ask("broadcast %d %d %d".formatted(events, SIZE, PER_SECOND));
    String report =
        Awaitility.await()
            .atMost(Duration.ofSeconds(10))
            .until(
                () -> clients.ask("report"),
                said -> number(said, "events") >= (long) events * (READERS - SLOW));
    return number(report, "p99-us") / 1_000.0;
  }

  /** All slow ones of {@code rounds} rounds are gone, for that reason, and nobody else is. */
  private static void assertClosed(ChildJvm server, int rounds) {
    String stats = server.ask("stats");
    assertThat(number(stats, "slow-consumer")).isEqualTo((long) SLOW * rounds);
    assertThat(number(stats, "connections")).isEqualTo(READERS - SLOW);
  }

  private static void assertMemoryStaysBounded(ChildJvm server, ChildJvm clients, int rounds) {
    String before = server.ask("memory");
    clients.ask("slow " + SLOW);
    server.ask("broadcast %d %d %d".formatted(SECONDS / 2 * PER_SECOND, SIZE, PER_SECOND));
    String full = server.ask("memory"); // shortly before they are closed
    assertThat(number(server.ask("stats"), "connections")).isEqualTo(READERS);
    server.ask("broadcast %d %d %d".formatted(SECONDS / 2 * PER_SECOND, SIZE, PER_SECOND));
    assertClosed(server, rounds + 1);
    String after = server.ask("memory");
    System.out.println(
        "SLOW READERS memory before: %s; full: %s; after: %s".formatted(before, full, after));
    assertThat(used(full) - used(before)).isLessThanOrEqualTo(BOUND_KIB + SLACK_KIB);
    assertThat(used(after) - used(before)).isLessThanOrEqualTo(SLACK_KIB);
  }

  private static long used(String memory) {
    return number(memory, "heap-kib") + number(memory, "direct-kib");
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
