package io.realtime.notify.core.testing;

import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Departure;
import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Proof;
import io.realtime.notify.core.inbox.SessionNote;
import io.realtime.notify.core.inbox.Welcome;
import io.realtime.notify.core.ingest.IdempotencyKeys;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.StoreUnavailableException;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.core.ingest.Watermarks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A store in memory that can be away, or refuse. Any thread. */
public final class FaultyStore implements Inbox, Watermarks, IdempotencyKeys {
  private final InMemoryInbox store;
  private final InMemoryIdempotencyKeys keys;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile Optional<RuntimeException> fault = Optional.empty();

  public FaultyStore(InstantSource clock) {
    this.store = new InMemoryInbox(InboxLimits.defaults(), clock, EvictionLog.none());
    this.keys = new InMemoryIdempotencyKeys(InboxLimits.defaults(), clock);
  }

  public void away(boolean isAway) {
    fault =
        isAway
            ? Optional.of(new StoreUnavailableException("away", new IllegalStateException("away")))
            : Optional.empty();
  }

  /** Every call fails like this. */
  public void refuseAll(RuntimeException failure) {
    fault = Optional.of(failure);
  }

  /** Calls that came through to the store, answered or not. */
  public int calls() {
    return calls.get();
  }

  private <T> CompletionStage<T> unlessAway(Supplier<CompletionStage<T>> call) {
    calls.incrementAndGet();
    Optional<RuntimeException> failure = fault;
    return failure.isPresent() ? CompletableFuture.failedStage(failure.get()) : call.get();
  }

  @Override
  public CompletionStage<List<Outcome>> append(PartitionKey partition, List<Item> items) {
    return unlessAway(() -> store.append(partition, items));
  }

  @Override
  public CompletionStage<Welcome> connect(Arrival arrival) {
    return unlessAway(() -> store.connect(arrival));
  }

  @Override
  public CompletionStage<Void> remember(String userId, String pid, SessionNote note) {
    return unlessAway(() -> store.remember(userId, pid, note));
  }

  @Override
  public CompletionStage<Void> leave(String userId, String pid, Departure departure) {
    return unlessAway(() -> store.leave(userId, pid, departure));
  }

  @Override
  public CompletionStage<Page> page(String userId, PageRequest request) {
    return unlessAway(() -> store.page(userId, request));
  }

  @Override
  public CompletionStage<Void> markProven(String userId, Proof proof) {
    return unlessAway(() -> store.markProven(userId, proof));
  }

  @Override
  public CompletionStage<Position> position(String userId) {
    return unlessAway(() -> store.position(userId));
  }

  @Override
  public CompletionStage<Purged> purge() {
    return unlessAway(store::purge);
  }

  @Override
  public CompletionStage<Void> probe() {
    return unlessAway(store::probe);
  }

  @Override
  public CompletionStage<Map<PartitionKey, Watermark>> all() {
    return unlessAway(store::all);
  }

  @Override
  public CompletionStage<Optional<Instant>> firstStart() {
    return unlessAway(store::firstStart);
  }

  @Override
  public CompletionStage<Void> initialise(Instant firstStart, Map<PartitionKey, Watermark> starts) {
    return unlessAway(() -> store.initialise(firstStart, starts));
  }

  @Override
  public CompletionStage<Void> set(PartitionKey partition, Watermark watermark) {
    return unlessAway(() -> store.set(partition, watermark));
  }

  @Override
  public CompletionStage<Claim> claim(String key, String bodyHash) {
    return unlessAway(() -> keys.claim(key, bodyHash));
  }

  @Override
  public CompletionStage<String> answered(String key, String answer) {
    return unlessAway(() -> keys.answered(key, answer));
  }
}
