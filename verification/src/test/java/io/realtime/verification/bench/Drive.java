package io.realtime.verification.bench;

import io.realtime.verification.bench.load.Crowd;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** One server and its clients under load. One thread. */
final class Drive implements AutoCloseable {
  private static final int LATENCY_PERCENTILE = 99;

  /** Deliveries in a second at which the latency is taken: well below what every server can do. */
  private static final int STEADY_RATE = 20_000;

  /** Personal events come in small groups, as a log's records do. */
  private static final int DIRECT_GROUP = 100;

  /** A load that is not measured, so that what the one before it has left behind is gone. */
  private static final Duration LEAD_IN = Duration.ofMillis(1_200);

  /** A server is quiet when it has used less than a tenth of a core for so long. */
  private static final Duration QUIET = Duration.ofMillis(200);

  private static final double QUIET_SHARE = 0.1;
  private static final Duration LONGEST_SETTLING = Duration.ofSeconds(4);

  private final ServerProcess server;
  private final Crowd crowd;

  Drive(ServerProcess server, Crowd crowd) {
    this.server = server;
    this.crowd = crowd;
  }

  /**
   * What a burst has cost.
   *
   * @param cpuMicros of the server, for one message that a client has got
   */
  record Burst(double cpuMicros, double messagesPerSecond) {}

  void resize(int clients) {
    crowd.resize(clients);
  }

  /**
   * Leads in, then waits until the server rests: a compiler that is still busy with 5,000 clients
   * who have just come would be counted as the cost of messages. The same for every server.
   */
  void settle(Scenario scenario, int clients) {
    burst(scenario, clients, LEAD_IN);
    long end = System.nanoTime() + LONGEST_SETTLING.toNanos();
    double cpu;
    do {
      double before = server.cpuMicros();
      parkUntil(System.nanoTime() + QUIET.toNanos());
      cpu = server.cpuMicros() - before;
    } while (cpu > QUIET_SHARE * QUIET.toNanos() / 1e3 && System.nanoTime() < end);
  }

  /**
   * Sends one event to everybody, by one call or by one for each user, and the next when all have
   * come, until the time is over.
   */
  Burst burst(Scenario scenario, int clients, Duration time) {
    long[] before = crowd.eventsOfEach();
    long events = crowd.events();
    double cpu = server.cpuMicros();
    long start = System.nanoTime();
    long rounds = 0;
    while (System.nanoTime() - start < time.toNanos()) {
      if (scenario.broadcast()) {
        server.broadcast(System.nanoTime());
      } else {
        server.direct(0, clients, System.nanoTime());
      }
      rounds++;
      crowd.awaitEvents(events + rounds * clients);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double spent = server.cpuMicros() - cpu;
    crowd.checkEvents(0, clients, rounds, before);
    double messages = (double) rounds * clients;
    return new Burst(spent / messages, messages / seconds);
  }

  /** The 99th percentile in milliseconds, from when an event was due to when a client has it. */
  double steadyP99(Scenario scenario, int clients, Duration time) {
    long[] before = crowd.eventsOfEach();
    long events = crowd.events();
    int group = scenario.broadcast() ? clients : DIRECT_GROUP;
    long interval = 1_000_000_000L * group / STEADY_RATE;
    long turns = time.toNanos() / interval / (clients / group) * (clients / group);
    crowd.startTiming();
    long start = System.nanoTime() + interval;
    for (long turn = 0; turn < turns; turn++) {
      long due = start + turn * interval;
      parkUntil(due);
      if (scenario.broadcast()) {
        server.broadcast(due);
      } else {
        int from = (int) (turn * group % clients);
        server.direct(from, from + group, due);
      }
    }
    crowd.awaitEvents(events + turns * group);
    Histogram latencies = crowd.stopTiming();
    crowd.checkEvents(0, clients, turns * group / clients, before);
    return latencies.getValueAtPercentile(LATENCY_PERCENTILE) / 1e6;
  }

  /** Microseconds of a core that one idle connection takes in a second. */
  double idleCpu(int clients, Duration time) {
    double cpu = server.cpuMicros();
    parkUntil(System.nanoTime() + time.toNanos());
    return (server.cpuMicros() - cpu) / clients / (time.toNanos() / 1e9);
  }

  private static void parkUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() {
    crowd.close();
  }
}
