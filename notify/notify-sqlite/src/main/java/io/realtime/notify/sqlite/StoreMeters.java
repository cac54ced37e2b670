package io.realtime.notify.sqlite;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What the store counts. Any thread. */
final class StoreMeters {
  private final Timer commits;
  private final DistributionSummary calls;
  private final DistributionSummary rows;
  private final Counter failures;
  private volatile long entries;
  private volatile long users;

  StoreMeters(MeterRegistry registry) {
    this.commits =
        Timer.builder("realtime.store.commit")
            .description("from the first call of a transaction to its being durable")
            .publishPercentileHistogram()
            .register(registry);
    this.calls = registry.summary("realtime.store.commit.calls");
    this.rows = registry.summary("realtime.store.commit.rows");
    this.failures = registry.counter("realtime.store.commit.failures");
    registry.gauge("realtime.inbox.entries", this, it -> it.entries);
    registry.gauge("realtime.inbox.users", this, it -> it.users);
  }

  void watch(MeterRegistry registry, LongSupplier fileBytes, LongSupplier unanswered) {
    registry.gauge("realtime.store.file.bytes", fileBytes, LongSupplier::getAsLong);
    registry.gauge("realtime.store.waiting", unanswered, LongSupplier::getAsLong);
  }

  void committed(int callCount, int rowCount, long nanos) {
    commits.record(nanos, TimeUnit.NANOSECONDS);
    calls.record(callCount);
    rows.record(rowCount);
  }

  void failed() {
    failures.increment();
  }

  void sizes(long entryCount, long userCount) {
    entries = entryCount;
    users = userCount;
  }

  long entries() {
    return entries;
  }

  long users() {
    return users;
  }
}
