package io.realtime.notify.core.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.realtime.notify.core.catalogue.EventCatalogue;
import io.realtime.notify.core.catalogue.RoutedEvent;
import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.inbox.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Events by type and outcome, deliveries, proofs, evictions, refused connections, and the time from
 * a record's timestamp to a socket.
 */
public final class DeliveryMetrics {
  private static final Duration LONGEST = Duration.ofHours(1);

  private final MeterRegistry registry;
  private final Map<String, Map<Outcome, Counter>> events = new HashMap<>();
  private final Map<Path, Timer> latencies = new EnumMap<>(Path.class);
  private final Counter proofs;
  private final Counter tooManyConnections;
  private final Map<Gap.Reason, Counter> evictions = new EnumMap<>(Gap.Reason.class);

  public DeliveryMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (String type : EventCatalogue.types()) {
      events.put(type, counters(type));
    }
    events.put("other", counters("other"));
    for (Path path : Path.values()) {
      latencies.put(
          path,
          Timer.builder("realtime.delivery.latency")
              .description("from the record's timestamp to the socket's queue")
              .tag("path", label(path))
              .maximumExpectedValue(LONGEST)
              .publishPercentileHistogram()
              .register(registry));
    }
    this.proofs = registry.counter("realtime.delivery.proofs");
    this.tooManyConnections =
        registry.counter("realtime.connections.refused", "reason", "too_many_connections");
    for (Gap.Reason reason : Gap.Reason.values()) {
      evictions.put(reason, registry.counter("realtime.inbox.evicted", "reason", label(reason)));
    }
  }

  /** How an event came to a socket. */
  public enum Path {
    /** Sent when it was stored. */
    LIVE,
    /** Read from the inbox. */
    BACKLOG
  }

  private enum Outcome {
    ACCEPTED,
    DUPLICATE,
    SKIPPED,
    REJECTED
  }

  private Map<Outcome, Counter> counters(String type) {
    Map<Outcome, Counter> byOutcome = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      byOutcome.put(
          outcome, registry.counter("realtime.events", "type", type, "outcome", label(outcome)));
    }
    return byOutcome;
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** A record was resolved for the first time. */
  public void resolved(Verdict verdict) {
    switch (verdict) {
      case Verdict.Deliver(RoutedEvent event) -> count(event.type(), Outcome.ACCEPTED);
      case Verdict.Skip skip -> count("other", Outcome.SKIPPED);
      case Verdict.Reject reject -> count("other", Outcome.REJECTED);
    }
  }

  /** A record came again. */
  public void duplicate(Verdict verdict) {
    count(
        verdict instanceof Verdict.Deliver(RoutedEvent event) ? event.type() : "other",
        Outcome.DUPLICATE);
  }

  private void count(String type, Outcome outcome) {
    Map<Outcome, Counter> known = events.get(type);
    Map<Outcome, Counter> counters = known == null ? events.get("other") : known;
    if (counters != null) {
      Counter counter = counters.get(outcome);
      if (counter != null) {
        counter.increment();
      }
    }
  }

  /** A personal event was handed to a socket. */
  public void handedOver(Path path, Instant acceptedAt, Instant now) {
    Duration taken = Duration.between(acceptedAt, now);
    Timer timer = latencies.get(path);
    if (timer != null) {
      timer.record(taken.isNegative() ? Duration.ZERO : taken);
    }
  }

  public void proven(int entries) {
    proofs.increment(entries);
  }

  /** A connection was refused because its user has as many as one may have. */
  public void tooManyConnections() {
    tooManyConnections.increment();
  }

  /** Events were removed that nobody had proven to have. */
  public void evicted(Gap gap) {
    Counter counter = evictions.get(gap.reason());
    if (counter != null) {
      counter.increment((double) gap.evicted());
    }
  }

  /** Shows a size as a gauge; {@code source} is held weakly. */
  public <T> void gauge(String name, T source, ToDoubleFunction<T> value) {
    registry.gauge(name, source, value);
  }
}
