package io.realtime.verification.chaos.breaks;

import io.realtime.verification.architecture.Repository;
import io.realtime.verification.harness.Clients;
import io.realtime.verification.harness.Kafka;
import io.realtime.verification.harness.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Started by {@code ./chaos --breaks} with a folder for its logs and the lengths of the breaks in
 * seconds: all breaks against one service; meanwhile another one's store is locked, and then that
 * service's process is stopped and goes on. Exit status 0 when everybody had everything, 1 when
 * somebody had not, 2 when one could not tell.
 */
final class BreaksMain {
  private static final Duration OUTAGE = Duration.ofSeconds(60);
  private static final List<String> TOPICS = List.of("order.created");
  private static final String OTHER = "outages";

  private final Path home;
  private final List<Duration> lengths;

  private BreaksMain(Path home, List<Duration> lengths) {
    this.home = home;
    this.lengths = lengths;
  }

  public static void main(String[] arguments) throws IOException {
    List<Duration> lengths =
        Stream.of(arguments[1].split(","))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .toList();
    System.exit(
        Judged.run(Path.of(arguments[0]), "breaks", home -> new BreaksMain(home, lengths).judge()));
  }

  private boolean judge() throws IOException {
    try (Kafka kafka = new Kafka(home.resolve("kafka"), Map.of())) {
      kafka.createTopics(3, TOPICS);
      Path js = Repository.find().root().resolve("verification/target/js");
      try (Service service = service(kafka, "breaks");
          Service other = service(kafka, OTHER);
          Clients clients = new Clients(js);
          Clients others = new Clients(js)) {
        CompletableFuture<Outage> locked =
            CompletableFuture.supplyAsync(() -> lock(kafka, other, others));
        CompletableFuture<Outage> stopped =
            locked.thenApplyAsync(done -> new Suspension(kafka, other, OTHER, others).run(OUTAGE));
        List<Broken.Result> results = new Breaks(kafka, service, clients).run(Break.all(lengths));
        tell(results);
        tell("store locked", locked.join());
        tell("service stopped", stopped.join());
        return locked.join().good()
            && stopped.join().good()
            && results.stream().allMatch(Broken.Result::good);
      }
    }
  }

  private Service service(Kafka kafka, String group) throws IOException {
    return Service.development(
        Files.createDirectories(home.resolve(group)), kafka, group, Map.of());
  }

  private Outage lock(Kafka kafka, Service service, Clients clients) {
    Path file = home.resolve(OTHER).resolve("data/inbox.db");
    try {
      return new StoreOutage(kafka, service, OTHER, file, clients).run(OUTAGE);
    } catch (SQLException e) {
      throw new IllegalStateException("the store could not be locked", e);
    }
  }

  private static void tell(List<Broken.Result> results) {
    List<String> lines = new ArrayList<>();
    lines.add("break       for   transport  devices  missed  again  recovered  result");
    for (Broken.Result each : results) {
      lines.add(
          "%-10s %3d s   %-9s  %7d  %6d  %5d  %-9s  %s"
              .formatted(
                  each.plan().words(),
                  each.plan().length().toSeconds(),
                  each.plan().transport(),
                  each.plan().company() ? 2 : 1,
                  each.missed(),
                  each.again(),
                  each.recovered() ? "yes" : "no",
                  each.good() ? "good" : each.fault()));
    }
    lines.forEach(Judged::say);
  }

  static void tell(String what, Outage outage) {
    Judged.say(
        "%s for %d s: %d orders for each user, all there %.1f s after its end: %s"
            .formatted(
                what,
                outage.length().toSeconds(),
                outage.orders(),
                outage.resumed().toMillis() / 1e3,
                outage.good() ? "good" : String.join("; ", outage.faults())));
  }
}
