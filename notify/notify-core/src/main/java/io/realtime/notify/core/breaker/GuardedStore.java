package io.realtime.notify.core.breaker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.realtime.notify.core.breaker.CircuitBreaker.State;
import io.realtime.notify.core.health.Health;
import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Departure;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Proof;
import io.realtime.notify.core.inbox.SessionNote;
import io.realtime.notify.core.inbox.Welcome;
import io.realtime.notify.core.ingest.IdempotencyKeys;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.StoreUnavailableException;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.core.ingest.Watermarks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store behind a circuit breaker (delivery.md 3): while what is written cannot be taken, calls
 * that write fail at once, and a probe write finds out when it can again. Reads are never refused:
 * a full disk can still be read from, and they have bounds of their own. Any thread.
 */
public final class GuardedStore implements Inbox, Watermarks, IdempotencyKeys {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedStore.class);

  private final Inbox inbox;
  private final Watermarks watermarks;
  private final IdempotencyKeys keys;
  private final CircuitBreaker breaker;
  private final InstantSource clock;
  private final Counter refused;
  private final Counter opened;

  /** The three ports are one store. */
  public <S extends Inbox & Watermarks & IdempotencyKeys> GuardedStore(
      S store, InstantSource clock, RandomGenerator random, MeterRegistry registry) {
    this.inbox = store;
    this.watermarks = store;
    this.keys = store;
    this.clock = clock;
    this.breaker = new CircuitBreaker(clock, random);
    this.refused = registry.counter("realtime.store.refused");
    this.opened = registry.counter("realtime.store.circuit.opened");
    registry.gauge("realtime.store.circuit.open", breaker, it -> it.isClosed() ? 0 : 1);
  }

  /** Probes the store when it is time. To be called several times a second. */
  public void sweep() {
    if (breaker.takeProbe()) {
      inbox
          .probe()
          .whenComplete(
              (done, failure) -> {
                breaker.onProbe(failure == null ? "" : reason(failure));
                if (failure == null) {
                  LOG.info("store: takes writes again");
                }
              });
    }
  }

  /**
   * How it is.
   *
   * @param whenClosed what to say while all is well
   */
  public Health health(Supplier<String> whenClosed) {
    return switch (breaker.state()) {
      case State.Closed() -> new Health(Health.Status.OK, whenClosed.get());
      case State.Open open -> away(open);
      case State.HalfOpen(State.Open open) -> away(open);
    };
  }

  private Health away(State.Open open) {
    return new Health(
        Health.Status.DEGRADED,
        "the store takes no writes for "
            + Duration.between(open.since(), clock.instant()).toSeconds()
            + " s ("
            + open.reason()
            + "): connections stay up, events wait in kafka and none is lost; it is tried again by"
            + " itself every 1 to 5 s");
  }

  private <T> CompletionStage<T> guarded(Supplier<CompletionStage<T>> call) {
    if (!breaker.isClosed()) {
      refused.increment();
      return CompletableFuture.failedFuture(
          new StoreUnavailableException(
              "store: not tried, it failed a moment ago", new IllegalStateException("open")));
    }
    CompletionStage<T> outcome = call.get();
    var _ = outcome.whenComplete((done, failure) -> observe(failure));
    return outcome;
  }

  private void observe(@Nullable Throwable failure) {
    if (failure == null || !(cause(failure) instanceof StoreUnavailableException)) {
      breaker.onSuccess();
      return;
    }
    boolean before = breaker.isClosed();
    breaker.onFailure(reason(failure));
    if (before && !breaker.isClosed()) {
      opened.increment();
      LOG.warn("store: takes no writes, circuit open: {}", reason(failure));
    }
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static String reason(Throwable failure) {
    return String.valueOf(cause(failure).getMessage());
  }

  @Override
  public CompletionStage<List<Outcome>> append(PartitionKey partition, List<Item> items) {
    return guarded(() -> inbox.append(partition, items));
  }

  @Override
  public CompletionStage<Welcome> connect(Arrival arrival) {
    return guarded(() -> inbox.connect(arrival));
  }

  @Override
  public CompletionStage<Void> remember(String userId, String pid, SessionNote note) {
    return guarded(() -> inbox.remember(userId, pid, note));
  }

  @Override
  public CompletionStage<Void> leave(String userId, String pid, Departure departure) {
    return guarded(() -> inbox.leave(userId, pid, departure));
  }

  @Override
  public CompletionStage<Page> page(String userId, PageRequest request) {
    return inbox.page(userId, request);
  }

  @Override
  public CompletionStage<Void> markProven(String userId, Proof proof) {
    return guarded(() -> inbox.markProven(userId, proof));
  }

  @Override
  public CompletionStage<Position> position(String userId) {
    return inbox.position(userId);
  }

  @Override
  public CompletionStage<Purged> purge() {
    return guarded(inbox::purge);
  }

  @Override
  public CompletionStage<Void> probe() {
    return guarded(inbox::probe);
  }

  @Override
  public CompletionStage<Map<PartitionKey, Watermark>> all() {
    return guarded(watermarks::all);
  }

  @Override
  public CompletionStage<Optional<Instant>> firstStart() {
    return guarded(watermarks::firstStart);
  }

  @Override
  public CompletionStage<Void> initialise(Instant firstStart, Map<PartitionKey, Watermark> starts) {
    return guarded(() -> watermarks.initialise(firstStart, starts));
  }

  @Override
  public CompletionStage<Void> set(PartitionKey partition, Watermark watermark) {
    return guarded(() -> watermarks.set(partition, watermark));
  }

  @Override
  public CompletionStage<Claim> claim(String key, String bodyHash) {
    return guarded(() -> keys.claim(key, bodyHash));
  }

  @Override
  public CompletionStage<String> answered(String key, String answer) {
    return guarded(() -> keys.answered(key, answer));
  }
}
