package io.realtime.verification.chaos.breaks;

import static io.realtime.verification.harness.Clients.options;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.Clients;
import io.realtime.verification.harness.Kafka;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The store takes nothing for a while. Orders go on coming, for a user who is connected and for one
 * who comes meanwhile; then there is one poisonous record, which alone may become a dead letter.
 */
final class StoreOutage {
  private static final int BEFORE = 10;

  private final Kafka kafka;
  private final Service service;
  private final String group;
  private final Path file;
  private final Clients clients;
  private final String present = Stack.unique("present");
  private final String late = Stack.unique("late");
  private final Traffic traffic;
  private final Findings findings = new Findings();

  /**
   * @param file the service's database
   */
  StoreOutage(Kafka kafka, Service service, String group, Path file, Clients clients) {
    this.kafka = kafka;
    this.service = service;
    this.group = group;
    this.file = file;
    this.clients = clients;
    this.traffic = new Traffic(kafka, group, List.of(present, late));
  }

  /** Locks, waits, unlocks, and waits until both users have everything or the time is over. */
  Outage run(Duration length) throws SQLException {
    try (Client first = connect(present, "websocket");
        Client second = connect(present, "polling")) {
      findings.require("connected", () -> Traffic.isGreeted(first) && Traffic.isGreeted(second));
      for (int i = 0; i < BEFORE; i++) {
        traffic.send();
      }
      findings.require("first orders", () -> traffic.hasAll(first) && traffic.hasAll(second));
      findings.require("first commit", traffic::allCommitted);
      traffic.forget();
      try (Client third = outage(length, first)) {
        long healed = System.nanoTime();
        List<Client> all = List.of(first, second, third);
        findings.require("all orders", () -> all.stream().allMatch(traffic::hasAll));
        Duration resumed = Duration.ofNanos(System.nanoTime() - healed);
        judgeEnd(all);
        return new Outage(length, traffic.sent().size(), resumed, findings.faults());
      }
    }
  }

  /** The client that came while the store was locked. */
  private Client outage(Duration length, Client first) throws SQLException {
    List<String> before = traffic.sent();
    try (StoreLock _ = new StoreLock(file)) {
      Client third = connect(late, "websocket");
      traffic.sendFor(length);
      findings.require("the late user is let in", () -> Traffic.isGreeted(third));
      findings.check(
          "the service says that partitions wait",
          service.rest().get("/health/ready").body().contains("partitions paused"));
      findings.check("it is alive", service.rest().get("/health/live").status() == 200);
      findings.check("nothing is committed", traffic.noneCommitted());
      findings.check("nothing is sent that is not stored", Traffic.seen(first).equals(before));
      return third;
    }
  }

  private void judgeEnd(List<Client> all) {
    traffic.send(present, "poison");
    findings.require("everything is committed", traffic::allCommitted);
    for (Client client : all) {
      findings.check(
          client + " has each order once and in order",
          Traffic.seen(client).equals(traffic.sent()));
      findings.check(client + " stays connected", client.count("disconnect") == 0);
    }
    findings.check("its one dead letter", kafka.deadLetters(group, present) == 1);
    findings.check("none of the late user", kafka.deadLetters(group, late) == 0);
  }

  private Client connect(String userId, String transport) {
    return clients.socketIo(service.url(), options(Map.of("userId", userId), transport));
  }
}
