package io.realtime.verification.chaos.breaks;

import static io.realtime.verification.harness.Clients.options;

import io.realtime.verification.chaos.world.Signals;
import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.Clients;
import io.realtime.verification.harness.Kafka;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * All brokers are gone for a while: nobody who is connected may notice, somebody new is let in, and
 * once they are back events flow again, by themselves and soon.
 */
final class BrokerOutage {
  private static final int ORDERS = 100;
  private static final Duration RESUME_WITHIN = Duration.ofSeconds(10);

  private final Kafka kafka;
  private final Service service;
  private final Clients clients;
  private final String present = Stack.unique("present");
  private final String late = Stack.unique("late");
  private final Traffic traffic;
  private final Findings findings = new Findings();

  BrokerOutage(Kafka kafka, Service service, String group, Clients clients) {
    this.kafka = kafka;
    this.service = service;
    this.clients = clients;
    this.traffic = new Traffic(kafka, group, List.of(present, late));
  }

  /** What happens to the broker. */
  enum Means {
    /** SIGKILL, and a new process at the end. */
    KILLED,
    /** SIGSTOP, and SIGCONT at the end. */
    STOPPED
  }

  /** Takes the broker away, brings it back, and waits until everybody has everything. */
  Outage run(Means means, Duration length) {
    try (Client first = connect(present, "websocket");
        Client second = connect(present, "polling")) {
      findings.require("connected", () -> Traffic.isGreeted(first) && Traffic.isGreeted(second));
      sendSome();
      findings.require("everything is committed", traffic::allCommitted);
      takeAway(means);
      try (Client third = waitFor(length)) {
        bringBack(means);
        long back = System.nanoTime();
        traffic.send();
        List<Client> all = List.of(first, second, third);
        findings.require("all orders", () -> all.stream().allMatch(traffic::hasAll));
        Duration resumed = Duration.ofNanos(System.nanoTime() - back);
        findings.check(
            "it goes on within " + RESUME_WITHIN.toSeconds() + " s",
            resumed.compareTo(RESUME_WITHIN) <= 0);
        sendSome();
        judgeEnd(all);
        return new Outage(length, traffic.sent().size(), resumed, findings.faults());
      }
    }
  }

  private void sendSome() {
    for (int i = 0; i < ORDERS; i++) {
      traffic.send();
    }
  }

  private void takeAway(Means means) {
    switch (means) {
      case KILLED -> kafka.broker().kill();
      case STOPPED -> Signals.send("STOP", kafka.broker().pid());
    }
  }

  private void bringBack(Means means) {
    switch (means) {
      case KILLED -> kafka.broker().start();
      case STOPPED -> Signals.send("CONT", kafka.broker().pid());
    }
  }

  /** The client that came while the broker was away. */
  private Client waitFor(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    Client third = connect(late, "websocket");
    for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    findings.check("the late user is let in", Traffic.isGreeted(third));
    findings.check("it says so", service.readiness().equals("degraded"));
    findings.check("it is alive", service.rest().get("/health/live").status() == 200);
    return third;
  }

  private void judgeEnd(List<Client> all) {
    findings.require("all orders", () -> all.stream().allMatch(traffic::hasAll));
    findings.require("everything is committed", traffic::allCommitted);
    for (Client client : all) {
      findings.check(
          client + " has each order once and in order",
          Traffic.seen(client).equals(traffic.sent()));
      findings.check(client + " stays connected", client.count("disconnect") == 0);
    }
  }

  private Client connect(String userId, String transport) {
    return clients.socketIo(service.url(), options(Map.of("userId", userId), transport));
  }
}
