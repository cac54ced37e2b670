package io.realtime.notify.core.delivery;

import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Departure;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Proof;
import io.realtime.notify.core.inbox.SessionNote;
import io.realtime.notify.core.inbox.Welcome;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A store that can be away, and whose pages and welcomes can be held back. */
final class FaultyInbox implements Inbox {
  private final Inbox store;
  private final ArrayDeque<Runnable> held = new ArrayDeque<>();
  private final List<PageRequest> requests = new ArrayList<>();
  private boolean away;
  private boolean holding;
  private boolean holdingWelcomes;

  FaultyInbox(Inbox store) {
    this.store = store;
  }

  void away(boolean isAway) {
    away = isAway;
  }

  /** From now on pages are read at once and answered when they are released. */
  void hold() {
    holding = true;
  }

  /** The same of what is decided at a connect. */
  void holdWelcomes() {
    holdingWelcomes = true;
  }

  void release() {
    holding = false;
    holdingWelcomes = false;
    while (!held.isEmpty()) {
      held.poll().run();
    }
  }

  List<PageRequest> requests() {
    return requests;
  }

  private <T> CompletionStage<T> unlessAway(Supplier<CompletionStage<T>> call) {
    return away
        ? CompletableFuture.failedStage(
            new StoreUnavailableException("away", new IllegalStateException("away")))
        : call.get();
  }

  @Override
  public CompletionStage<List<Outcome>> append(PartitionKey partition, List<Item> items) {
    return unlessAway(() -> store.append(partition, items));
  }

  @Override
  public CompletionStage<Page> page(String userId, PageRequest request) {
    requests.add(request);
    CompletionStage<Page> page = unlessAway(() -> store.page(userId, request));
    return holding ? held(page) : page;
  }

  private <T> CompletionStage<T> held(CompletionStage<T> answer) {
    CompletableFuture<T> later = new CompletableFuture<>();
    held.add(() -> later.complete(answer.toCompletableFuture().join()));
    return later;
  }

  @Override
  public CompletionStage<Welcome> connect(Arrival arrival) {
    CompletionStage<Welcome> welcome = unlessAway(() -> store.connect(arrival));
    return holdingWelcomes ? held(welcome) : welcome;
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
}
