package io.realtime.verification.chaos.breaks;

import static io.realtime.verification.harness.Clients.options;

import io.realtime.verification.bench.delivery.Producer;
import io.realtime.verification.bench.load.Crowd;
import io.realtime.verification.bench.load.Dialect;
import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.Clients;
import io.realtime.verification.harness.Json;
import io.realtime.verification.harness.Kafka;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The service starts with very many records before it. Notifications of one user come by a topic of
 * their own meanwhile; their latency is told. At the end every user fetches everything.
 */
final class Surge {
  /** Of which each is owed less than an inbox holds. */
  private static final int USERS = 2_000;

  private static final String ORDERS = "order.created";
  private static final String LIVE = "notification.general";
  private static final long LIVE_PAUSE_NANOS = 100_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  /** 256 MiB of heap, as much outside it, and what the JVM itself takes. */
  private static final long MAX_RESIDENT_KB = 800 * 1024;

  private final Kafka kafka;
  private final Path folder;
  private final String group;
  private final Clients clients;
  private final Consumer<String> progress;
  private final Findings findings = new Findings();
  private final String liveUser = Stack.unique("live");
  private final List<Long> asked = new ArrayList<>();

  Surge(Kafka kafka, Path folder, String group, Clients clients, Consumer<String> progress) {
    this.kafka = kafka;
    this.folder = folder;
    this.group = group;
    this.clients = clients;
    this.progress = progress;
  }

  /** What was not as promised, of {@code each} records for every user. */
  List<String> run(int each) throws IOException {
    long records = (long) each * USERS;
    try (Producer producer = new Producer(kafka.bootstrap(), USERS)) {
      for (long i = 0; i < records; i++) {
        producer.send(System.nanoTime());
      }
    }
    progress.accept("%d records of %d users are in the topic".formatted(records, USERS));
    try (Service service = start()) {
      ingest(service, records);
      fetch(service, each);
      long resident = residentPeakKb(service.pid());
      progress.accept("at most %d MiB of memory".formatted(resident >> 10));
      findings.check("memory is bounded", resident < MAX_RESIDENT_KB);
      findings.check("the process is the same and alive", service.alive());
    }
    return findings.faults();
  }

  private Service start() {
    return Service.development(
        folder, kafka, group, Map.of("START_LOOKBACK", "1h", "STORE_MAX_MB", "4096"));
  }

  private void ingest(Service service, long records) {
    long start = System.nanoTime();
    try (Client live =
        clients.socketIo(service.url(), options(Map.of("userId", liveUser), "websocket"))) {
      findings.require("the live user is let in", () -> Traffic.isGreeted(live));
      long deadline = start + PATIENCE.toNanos();
      while (committed() < records && System.nanoTime() < deadline) {
        for (int i = 0; i < 10; i++) {
          notifyLive();
          LockSupport.parkNanos(LIVE_PAUSE_NANOS);
        }
      }
      findings.check("every record is resolved", committed() == records);
      double seconds = (System.nanoTime() - start) / 1e9;
      progress.accept(
          "all resolved after %.0f s, %.0f a second".formatted(seconds, records / seconds));
      findings.require(
          "every notification", () -> live.events("notification").size() >= asked.size());
      findings.check("the live user stays connected", live.count("disconnect") == 0);
      tellLatencies(live);
    }
  }

  private void notifyLive() {
    String message = Integer.toString(asked.size());
    asked.add(System.nanoTime());
    var _ =
        kafka.sendLater(LIVE, liveUser, Json.write(Map.of("userId", liveUser, "message", message)));
  }

  private void tellLatencies(Client live) {
    long[] millis =
        live.snapshot().stream()
            .filter(it -> it.event().equals("notification"))
            .mapToLong(
                it -> {
                  int number = Integer.parseInt(it.data().path("message").asString());
                  return (it.nanos() - asked.get(number)) / 1_000_000;
                })
            .sorted()
            .toArray();
    findings.check("each notification once", millis.length == asked.size());
    if (millis.length > 0) {
      progress.accept(
          "meanwhile, on another partition: %d notifications, p50 %d ms, p99 %d ms, max %d ms"
              .formatted(
                  millis.length,
                  millis[millis.length / 2],
                  millis[millis.length * 99 / 100],
                  millis[millis.length - 1]));
    }
  }

  private long committed() {
    return kafka.committed(group).entrySet().stream()
        .filter(commit -> commit.getKey().topic().equals(ORDERS))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Everybody comes and takes what waits: it was in the inbox. */
  private void fetch(Service service, int each) throws IOException {
    long start = System.nanoTime();
    try (Crowd crowd = new Crowd(Dialect.NOTIFICATIONS, service.port())) {
      crowd.resize(USERS);
      long deadline = start + PATIENCE.toNanos();
      while (Arrays.stream(crowd.eventsOfEach()).anyMatch(events -> events < each)
          && System.nanoTime() < deadline) {
        LockSupport.parkNanos(50_000_000);
      }
      findings.check(
          "everybody has each event once",
          Arrays.stream(crowd.eventsOfEach()).allMatch(events -> events == each));
      progress.accept(
          "everybody has everything after another %.0f s"
              .formatted((System.nanoTime() - start) / 1e9));
    }
  }

  /** The most that it ever had, where the system tells; else nothing. */
  private static long residentPeakKb(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
