package io.realtime.verification.simulation;

import io.realtime.notify.core.catalogue.Rooms;
import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.fakes.FakeNamespace;
import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Backlog;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Proof;
import io.realtime.notify.core.inbox.SessionNote;
import io.realtime.notify.core.inbox.Welcome;
import io.realtime.notify.core.ingest.Intake;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.core.ingest.Watermarks;
import io.realtime.socketio.protocol.socketio.RawJson;
import io.realtime.socketio.server.api.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Ports with one bug each; see {@link Plant}. */
final class PlantedInboxes {
  private PlantedInboxes() {}

  static final class RemovedAtProof extends ForwardingInbox {
    RemovedAtProof(Inbox real) {
      super(real);
    }

    @Override
    public CompletionStage<Void> markProven(String userId, Proof proof) {
      return super.markProven(userId, proof)
          .thenCompose(done -> purge())
          .thenCompose(purged -> probe());
    }
  }

  static final class LiveSkipsProven extends ForwardingInbox {
    LiveSkipsProven(Inbox real) {
      super(real);
    }

    @Override
    public CompletionStage<Page> page(String userId, PageRequest request) {
      Backlog onlyUnproven = new Backlog(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
      return super.page(
          userId,
          new PageRequest(request.after(), request.limit(), request.maxBytes(), onlyUnproven));
    }
  }

  static final class OnlyUnproven extends ForwardingInbox {
    OnlyUnproven(Inbox real) {
      super(real);
    }

    @Override
    public CompletionStage<Welcome> connect(Arrival arrival) {
      return super.connect(arrival)
          .thenApply(
              welcome ->
                  welcome instanceof Welcome.Fresh it
                      ? new Welcome.Fresh(
                          it.pid(),
                          it.start(),
                          new Backlog(it.backlog().end(), it.backlog().decidedAt(), Long.MAX_VALUE),
                          it.chained(),
                          it.head(),
                          it.gaps())
                      : welcome);
    }
  }

  static final class WatermarkOnlyAppends extends ForwardingInbox {
    WatermarkOnlyAppends(Inbox real) {
      super(real);
    }

    @Override
    public CompletionStage<List<Outcome>> append(PartitionKey partition, List<Item> items) {
      List<Item> withEvent = items.stream().filter(item -> !item.entries().isEmpty()).toList();
      return super.append(partition, withEvent)
          .thenApply(
              outcomes -> {
                Iterator<Outcome> known = outcomes.iterator();
                List<Outcome> all = new ArrayList<>();
                for (Item item : items) {
                  all.add(item.entries().isEmpty() ? new Outcome.Stored(List.of()) : known.next());
                }
                return all;
              });
    }
  }

  static final class RestartIsDuplicate extends ForwardingInbox {
    RestartIsDuplicate(Inbox real) {
      super(real);
    }

    @Override
    public CompletionStage<List<Outcome>> append(PartitionKey partition, List<Item> items) {
      return super.append(
          new PartitionKey(partition.topic(), "", partition.partition()),
          items.stream()
              .map(
                  item ->
                      new Item(
                          new Watermark(item.watermark().offset(), -1, 0),
                          item.onceKey(),
                          item.entries()))
              .toList());
    }
  }

  static final class DuplicateAppend extends ForwardingInbox {
    DuplicateAppend(Inbox real) {
      super(real);
    }

    @Override
    public CompletionStage<List<Outcome>> append(PartitionKey partition, List<Item> items) {
      PartitionKey again = new PartitionKey("again." + partition.topic(), "", 0);
      return super.append(partition, items)
          .thenCompose(
              outcomes ->
                  super.append(
                          again,
                          items.stream()
                              .map(
                                  item ->
                                      new Item(item.watermark(), Optional.empty(), item.entries()))
                              .toList())
                      .thenApply(hidden -> outcomes));
    }
  }

  static final class ReplayTwice extends ForwardingInbox {
    ReplayTwice(Inbox real) {
      super(real);
    }

    @Override
    public CompletionStage<List<Outcome>> append(PartitionKey partition, List<Item> items) {
      return super.append(
          partition,
          items.stream()
              .map(item -> new Item(item.watermark(), Optional.empty(), item.entries()))
              .toList());
    }
  }

  static final class SilentEviction extends ForwardingInbox {
    SilentEviction(Inbox real) {
      super(real);
    }

    @Override
    public CompletionStage<Page> page(String userId, PageRequest request) {
      return super.page(userId, request)
          .thenApply(page -> new Page(page.entries(), List.of(), page.head(), page.complete()));
    }

    @Override
    public CompletionStage<Welcome> connect(Arrival arrival) {
      return super.connect(arrival)
          .thenApply(
              welcome ->
                  switch (welcome) {
                    case Welcome.Recovered it ->
                        new Welcome.Recovered(
                            it.pid(), it.note(), it.missed(), it.head(), List.of());
                    case Welcome.Fresh it ->
                        new Welcome.Fresh(
                            it.pid(), it.start(), it.backlog(), it.chained(), it.head(), List.of());
                  });
    }
  }

  static final class RecoveredWithPurged extends ForwardingInbox {
    RecoveredWithPurged(Inbox real) {
      super(real);
    }

    @Override
    public CompletionStage<Welcome> connect(Arrival arrival) {
      return super.connect(arrival)
          .thenCompose(
              welcome ->
                  welcome instanceof Welcome.Fresh fresh
                          && arrival.mayRecover()
                          && arrival.returnedPid().isPresent()
                          && arrival.returnedPosition().isPresent()
                      ? recovered(arrival, fresh)
                      : CompletableFuture.completedStage(welcome));
    }

    private CompletionStage<Welcome> recovered(Arrival arrival, Welcome.Fresh fresh) {
      long after = arrival.returnedPosition().orElseThrow().seq();
      return page(
              arrival.userId(),
              new PageRequest(after, Integer.MAX_VALUE, Long.MAX_VALUE, Backlog.everything()))
          .thenApply(
              left ->
                  new Welcome.Recovered(
                      arrival.returnedPid().orElseThrow(),
                      SessionNote.empty(),
                      left.entries(),
                      fresh.head(),
                      fresh.gaps()));
    }
  }

  static final class WatchForgotten extends ForwardingInbox {
    WatchForgotten(Inbox real) {
      super(real);
    }

    @Override
    public CompletionStage<Void> remember(String userId, String pid, SessionNote note) {
      return probe();
    }
  }

  static final class NoPositionCheck extends ForwardingInbox {
    NoPositionCheck(Inbox real) {
      super(real);
    }

    @Override
    public CompletionStage<Position> position(String userId) {
      return new CompletableFuture<>();
    }
  }

  static final class DroppedPage extends ForwardingInbox {
    private int pages;

    DroppedPage(Inbox real) {
      super(real);
    }

    @Override
    public CompletionStage<Page> page(String userId, PageRequest request) {
      return super.page(userId, request)
          .thenApply(
              page ->
                  ++pages % 5 == 0 && page.complete()
                      ? new Page(List.of(), page.gaps(), page.head(), true)
                      : page);
    }
  }

  static final class WakeWhilePaging extends ForwardingInbox {
    private final FakeNamespace namespace;
    private final Map<String, Integer> open = new HashMap<>();

    WakeWhilePaging(Inbox real, FakeNamespace namespace) {
      super(real);
      this.namespace = namespace;
    }

    @Override
    public CompletionStage<Page> page(String userId, PageRequest request) {
      open.merge(userId, 1, Integer::sum);
      return super.page(userId, request)
          .whenComplete((page, failure) -> open.merge(userId, -1, Integer::sum));
    }

    @Override
    public CompletionStage<List<Outcome>> append(PartitionKey partition, List<Item> items) {
      return super.append(partition, items)
          .thenApply(
              outcomes -> {
                for (Outcome outcome : outcomes) {
                  if (outcome instanceof Outcome.Stored(List<Entry> entries)) {
                    entries.stream()
                        .filter(entry -> open.getOrDefault(entry.userId(), 0) > 0)
                        .forEach(this::send);
                  }
                }
                return outcomes;
              });
    }

    private void send(Entry entry) {
      Message message = Message.of(entry.event(), new RawJson(entry.payload()));
      namespace.to(Rooms.user(entry.userId())).local().forEachLocal(socket -> socket.emit(message));
    }
  }

  /**
   * @param real the product's
   */
  record OutageIsAnAttempt(Intake real) implements Intake {
    @Override
    public Verdict route(SourceRecord record) {
      return real.route(record);
    }

    @Override
    public CompletionStage<Void> accept(PartitionKey partition, List<Resolved> records) {
      return real.accept(partition, records)
          .exceptionallyCompose(
              failure -> CompletableFuture.failedStage(new IllegalStateException(failure)));
    }
  }

  /**
   * @param real the product's
   */
  record ProbeAlwaysWorks(Watermarks real) implements Watermarks {
    @Override
    public CompletionStage<Map<PartitionKey, Watermark>> all() {
      return real.all();
    }

    @Override
    public CompletionStage<Optional<Instant>> firstStart() {
      return real.firstStart();
    }

    @Override
    public CompletionStage<Void> initialise(
        Instant firstStart, Map<PartitionKey, Watermark> starts) {
      return real.initialise(firstStart, starts);
    }

    @Override
    public CompletionStage<Void> set(PartitionKey partition, Watermark watermark) {
      return real.set(partition, watermark).exceptionally(failure -> null);
    }
  }
}
