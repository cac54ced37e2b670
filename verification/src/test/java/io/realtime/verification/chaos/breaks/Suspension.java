package io.realtime.verification.chaos.breaks;

import static io.realtime.verification.harness.Clients.options;

import io.realtime.verification.chaos.world.Signals;
import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.Clients;
import io.realtime.verification.harness.Kafka;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The service's process is stopped for longer than its group waits for it, then goes on. */
final class Suspension {
  private static final int BEFORE = 10;

  private final Service service;
  private final Clients clients;
  private final String userId = Stack.unique("suspended");
  private final Traffic traffic;
  private final Findings findings = new Findings();

  Suspension(Kafka kafka, Service service, String group, Clients clients) {
    this.service = service;
    this.clients = clients;
    this.traffic = new Traffic(kafka, group, List.of(userId));
  }

  /** Stops, waits, goes on, and waits until the user has everything or the time is over. */
  Outage run(Duration length) {
    try (Client first = connect("websocket");
        Client second = connect("polling")) {
      List<Client> all = List.of(first, second);
      findings.require("connected", () -> all.stream().allMatch(Traffic::isGreeted));
      for (int i = 0; i < BEFORE; i++) {
        traffic.send();
      }
      findings.require("first orders", () -> all.stream().allMatch(traffic::hasAll));

      Signals.send("STOP", service.pid());
      traffic.sendFor(length);
      Signals.send("CONT", service.pid());
      long resumed = System.nanoTime();

      findings.require("all orders", () -> all.stream().allMatch(traffic::hasAll));
      Duration time = Duration.ofNanos(System.nanoTime() - resumed);
      findings.require("everything is committed", traffic::allCommitted);
      for (Client client : all) {
        List<String> firsts = List.copyOf(new LinkedHashSet<>(Traffic.seen(client)));
        findings.check(client + " has all in order", firsts.equals(traffic.sent()));
      }
      findings.check("the process is the same and alive", service.alive());
      return new Outage(length, traffic.sent().size(), time, findings.faults());
    }
  }

  private Client connect(String transport) {
    return clients.socketIo(service.url(), options(Map.of("userId", userId), transport));
  }
}
