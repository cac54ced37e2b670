package io.realtime.verification.bench.delivery;

import io.realtime.verification.bench.Machine;
import io.realtime.verification.bench.load.Crowd;
import io.realtime.verification.bench.load.Dialect;
import io.realtime.verification.harness.Kafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Started by {@code ./bench --delivery}, which has built everything. Arguments: rounds, seconds of
 * a load, and a file for the JSON or nothing. Exit status 0, or 1 for a run that is no measure.
 */
final class DeliveryMain {
  private static final int WARM_UPS = 3;

  private DeliveryMain() {}

  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[0]);
    Duration load = Duration.ofSeconds(Long.parseLong(arguments[1]));
    Rounds rounds = new Rounds();
    try {
      measure(count, load, rounds);
    } catch (Crowd.BrokenRun broken) {
      System.err.println("This run is no measure: " + broken.getMessage());
      System.exit(1);
    }
    String machine = Machine.here().toString();
    System.out.print(rounds.tables(machine));
    if (!arguments[2].isEmpty()) {
      Files.writeString(Path.of(arguments[2]), rounds.json(machine));
    }
    System.exit(0);
  }

  private static void measure(int count, Duration load, Rounds rounds) throws IOException {
    Path home = Path.of(System.getProperty("bench.home"));
    Files.createDirectories(home);
    Path folder = Files.createTempDirectory(home, "delivery-");
    int port = freePort();
    try (Kafka kafka = new Kafka(folder.resolve("kafka"), Map.of())) {
      kafka.createTopics(3, List.of(Producer.TOPIC));
      try (ServedProcess service =
              ServedProcess.start(
                  folder,
                  port,
                  java(),
                  Map.of("NODE_ENV", "development", "KAFKA_BROKER", kafka.bootstrap()));
          Producer producer = new Producer(kafka.bootstrap(), DeliveryRun.USERS);
          StallProbe probe = new StallProbe(port);
          Crowd crowd = new Crowd(Dialect.NOTIFICATIONS, port)) {
        System.err.println("service: pid " + service.pid());
        crowd.resize(DeliveryRun.USERS);
        DeliveryRun run =
            new DeliveryRun(
                service, kafka.broker().pid(), crowd, producer, probe, System.err::println);
        warmUp(run, load);
        for (int round = 0; round < count; round++) {
          double sustained = run.saturate(load, rounds);
          run.steady(sustained, load, rounds);
          run.storm(rounds);
        }
      }
    }
  }

  /** As a service is after some minutes: with clients who have come, gone and come back. */
  private static void warmUp(DeliveryRun run, Duration load) {
    Rounds unmeasured = new Rounds();
    for (int pass = 0; pass < WARM_UPS; pass++) {
      double rate = run.saturate(load, unmeasured);
      run.steady(rate, load, unmeasured);
      run.storm(unmeasured);
    }
    System.err.println("warm");
  }

  /** As the launcher starts a JVM. */
  private static List<String> java() {
    return Arrays.stream(
            (System.getProperty("bench.java.command", "java")
                    + " "
                    + System.getProperty("bench.our.flags", ""))
                .split(" ", -1))
        .filter(flag -> !flag.isEmpty())
        .toList();
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
