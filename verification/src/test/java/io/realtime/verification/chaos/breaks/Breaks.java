package io.realtime.verification.chaos.breaks;

import io.realtime.verification.harness.Clients;
import io.realtime.verification.harness.Kafka;
import io.realtime.verification.harness.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** All breaks at the same time, each against a client of its own. */
final class Breaks {
  private static final Duration ENTRY = Duration.ofSeconds(40);

  /** Past the pauses and the time limit of the stock client's attempts. */
  private static final Duration RETURN = Duration.ofSeconds(60);

  private static final int BEFORE = 5;
  private static final int AFTER = 3;

  private final Kafka kafka;
  private final Service service;
  private final Clients clients;

  Breaks(Kafka kafka, Service service, Clients clients) {
    this.kafka = kafka;
    this.service = service;
    this.clients = clients;
  }

  /** Breaks, heals, waits until everybody has everything or the time is over. */
  List<Broken.Result> run(List<Break> plans) throws IOException {
    List<Broken> all = new ArrayList<>();
    try {
      for (Break plan : plans) {
        all.add(new Broken(plan, kafka, service, clients));
      }
      await(ENTRY, () -> all.stream().allMatch(Broken::isConnected));
      all.forEach(each -> send(each, BEFORE));
      await(ENTRY, () -> all.stream().allMatch(Broken::hasAll));
      all.forEach(Broken::breakOff);
      heal(all);
      await(RETURN, () -> all.stream().allMatch(Broken::hasAll));
      return all.stream().map(Broken::result).toList();
    } finally {
      all.forEach(Broken::close);
    }
  }

  /** An order for each of them every second; what is healed gets some more. */
  private static void heal(List<Broken> all) {
    List<Broken> broken = new ArrayList<>(all);
    long start = System.nanoTime();
    for (long second = 1; !broken.isEmpty(); second++) {
      broken.forEach(Broken::send);
      long left = start + second * 1_000_000_000 - System.nanoTime();
      while (left > 0) {
        LockSupport.parkNanos(left);
        left = start + second * 1_000_000_000 - System.nanoTime();
      }
      long now = second;
      broken.removeIf(
          each -> {
            if (each.plan().length().toSeconds() > now) {
              return false;
            }
            each.heal();
            send(each, AFTER);
            return true;
          });
    }
  }

  private static void send(Broken to, int count) {
    for (int i = 0; i < count; i++) {
      to.send();
    }
  }

  private static void await(Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(50_000_000);
    }
  }
}
