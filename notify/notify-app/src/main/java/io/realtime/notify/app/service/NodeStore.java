package io.realtime.notify.app.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.realtime.notify.core.breaker.GuardedStore;
import io.realtime.notify.core.delivery.EvictionAudit;
import io.realtime.notify.core.health.Health;
import io.realtime.notify.core.metrics.DeliveryMetrics;
import io.realtime.notify.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The durable store of this node behind its circuit breaker; the check {@code store}. */
final class NodeStore implements Health.Source, AutoCloseable {
  private final SqliteStore file;
  private final GuardedStore guarded;
  private final EvictionAudit audit;

  private NodeStore(SqliteStore file, GuardedStore guarded, EvictionAudit audit) {
    this.file = file;
    this.guarded = guarded;
    this.audit = audit;
  }

  /**
   * @throws io.realtime.notify.sqlite.StoreFileException when the file cannot be used
   */
  static NodeStore open(
      Path dataDir, DeliveryMetrics metrics, MeterRegistry meters, InstantSource clock) {
    EvictionAudit audit = new EvictionAudit(metrics, clock);
    SqliteStore file = SqliteStore.open(SqliteStore.Options.in(dataDir), clock, audit, meters);
    return new NodeStore(
        file, new GuardedStore(file, clock, RandomGenerator.getDefault(), meters), audit);
  }

  /** What everything else uses. */
  GuardedStore guarded() {
    return guarded;
  }

  /** To be called several times a second. */
  void sweep() {
    guarded.sweep();
    audit.sweep();
  }

  @Override
  public String name() {
    return "store";
  }

  @Override
  public Health health() {
    return guarded.health(
        () -> {
          SqliteStore.Sizes sizes = file.sizes();
          return "%s: %d events of %d users, %.1f MiB on disk"
              .formatted(
                  file.file(),
                  sizes.entries(),
                  sizes.users(),
                  (double) sizes.fileBytes() / (1 << 20));
        });
  }

  @Override
  public void close() {
    file.close();
  }
}
