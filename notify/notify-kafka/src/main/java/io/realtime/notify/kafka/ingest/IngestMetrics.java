package io.realtime.notify.kafka.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.kafka.start.Start;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The figures of the way in. Any thread. Labels are bounded sets. */
final class IngestMetrics {
  private final MeterRegistry registry;
  private final Counter delivered;
  private final Counter keyless;
  private final Counter retries;
  private final Map<Verdict.SkipReason, Counter> skipped = new EnumMap<>(Verdict.SkipReason.class);
  private final Map<Verdict.Stage, Counter> rejected = new EnumMap<>(Verdict.Stage.class);
  private final Map<Start.Reason, Counter> starts = new EnumMap<>(Start.Reason.class);
  private final AtomicLong lag = new AtomicLong();
  private final AtomicLong inFlight = new AtomicLong();
  private final AtomicLong paused = new AtomicLong();
  private final AtomicLong blocked = new AtomicLong();
  private final AtomicLong stalledMillis = new AtomicLong();

  IngestMetrics(MeterRegistry registry) {
    this.registry = registry;
    delivered = counter("realtime.kafka.records", "outcome", "delivered");
    keyless = registry.counter("realtime.kafka.records.keyless");
    retries = registry.counter("realtime.kafka.records.retries");
    for (Verdict.SkipReason reason : Verdict.SkipReason.values()) {
      skipped.put(reason, counter("realtime.kafka.records", "outcome", "skipped_" + label(reason)));
    }
    for (Verdict.Stage stage : Verdict.Stage.values()) {
      rejected.put(stage, counter("realtime.kafka.deadletters", "stage", label(stage)));
    }
    for (Start.Reason reason : Start.Reason.values()) {
      starts.put(reason, counter("realtime.kafka.partition.starts", "reason", label(reason)));
    }
    gauge("realtime.kafka.lag", "records that are not resolved yet", lag);
    gauge("realtime.kafka.inflight", "records between poll and watermark", inFlight);
    gauge("realtime.kafka.partitions.paused", "partitions that are not read now", paused);
    gauge("realtime.kafka.partitions.blocked", "partitions that wait for a dependency", blocked);
    Gauge.builder("realtime.kafka.headofline.seconds", stalledMillis, ms -> ms.get() / 1_000.0)
        .description("how long the record at the head of a partition has held up the others")
        .register(registry);
  }

  void resolved(Verdict verdict) {
    switch (verdict) {
      case Verdict.Deliver _ -> delivered.increment();
      case Verdict.Skip skip -> skipped.getOrDefault(skip.reason(), delivered).increment();
      case Verdict.Reject reject -> rejected.getOrDefault(reject.stage(), delivered).increment();
    }
  }

  void keyless() {
    keyless.increment();
  }

  void retried() {
    retries.increment();
  }

  void started(Start.Reason reason) {
    Counter counter = starts.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  /** Once a second, from the poll thread. */
  void position(Position now) {
    lag.set(now.lagRecords());
    inFlight.set(now.inFlightRecords());
    paused.set(now.pausedPartitions());
    blocked.set(now.blockedPartitions());
    stalledMillis.set(now.stalled().toMillis());
  }

  /**
   * Where all partitions of this node are.
   *
   * @param stalled the longest that a lane has stood still with something to do
   */
  record Position(
      long lagRecords,
      long inFlightRecords,
      long pausedPartitions,
      long blockedPartitions,
      Duration stalled) {}

  long lag() {
    return lag.get();
  }

  private Counter counter(String name, String tag, String value) {
    return registry.counter(name, tag, value);
  }

  private void gauge(String name, String description, AtomicLong value) {
    Gauge.builder(name, value, AtomicLong::doubleValue).description(description).register(registry);
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
