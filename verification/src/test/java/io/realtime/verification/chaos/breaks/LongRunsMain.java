package io.realtime.verification.chaos.breaks;

import io.realtime.verification.architecture.Repository;
import io.realtime.verification.chaos.breaks.BrokerOutage.Means;
import io.realtime.verification.harness.Clients;
import io.realtime.verification.harness.Kafka;
import io.realtime.verification.harness.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Started by {@code ./chaos --outage} and {@code ./chaos --surge} with a folder for its logs, which
 * of the two, and its number: seconds, or records for each user. Exit status as {@link BreaksMain}.
 */
final class LongRunsMain {
  private static final String GROUP = "long-run";
  private static final List<String> TOPICS = List.of("order.created", "notification.general");

  private LongRunsMain() {}

  public static void main(String[] arguments) throws IOException {
    Path parent = Path.of(arguments[0]);
    int number = Integer.parseInt(arguments[2]);
    System.exit(
        switch (arguments[1]) {
          case "outage" ->
              Judged.run(parent, "outage", home -> outage(home, Duration.ofSeconds(number)));
          case "surge" -> Judged.run(parent, "surge", home -> surge(home, number));
          default -> throw new IllegalArgumentException(arguments[1]);
        });
  }

  private static Kafka kafka(Path home) {
    Kafka kafka = new Kafka(home.resolve("kafka"), Map.of());
    kafka.createTopics(3, TOPICS);
    return kafka;
  }

  private static Clients clients() {
    return new Clients(Repository.find().root().resolve("verification/target/js"));
  }

  /** Killed, and then, for a tenth of the time, only stopped. */
  private static boolean outage(Path home, Duration length) throws IOException {
    try (Kafka kafka = kafka(home);
        Service service =
            Service.development(
                Files.createDirectories(home.resolve("service")), kafka, GROUP, Map.of());
        Clients clients = clients()) {
      Outage killed = new BrokerOutage(kafka, service, GROUP, clients).run(Means.KILLED, length);
      BreaksMain.tell("broker killed", killed);
      Outage stopped =
          new BrokerOutage(kafka, service, GROUP, clients).run(Means.STOPPED, length.dividedBy(10));
      BreaksMain.tell("broker stopped", stopped);
      return killed.good() && stopped.good();
    }
  }

  private static boolean surge(Path home, int each) throws IOException {
    try (Kafka kafka = kafka(home);
        Clients clients = clients()) {
      Path folder = Files.createDirectories(home.resolve("service"));
      List<String> faults = new Surge(kafka, folder, GROUP, clients, Judged::say).run(each);
      faults.forEach(Judged::say);
      return faults.isEmpty();
    }
  }
}
