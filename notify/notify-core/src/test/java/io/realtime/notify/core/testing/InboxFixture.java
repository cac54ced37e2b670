package io.realtime.notify.core.testing;

import io.realtime.notify.core.fakes.FakeClock;
import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Backlog;
import io.realtime.notify.core.inbox.Departure;
import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Item;
import io.realtime.notify.core.inbox.Inbox.NewEntry;
import io.realtime.notify.core.inbox.Inbox.Outcome;
import io.realtime.notify.core.inbox.Inbox.Page;
import io.realtime.notify.core.inbox.Inbox.PageRequest;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Proof;
import io.realtime.notify.core.inbox.Welcome;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.core.ingest.Watermarks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store under test, with small limits, a clock that stands still, and short ways to use it. */
public abstract class InboxFixture {
  protected static final PartitionKey PARTITION = new PartitionKey("order.created", "id-1", 0);

  /** 5 unproven and 4 proven entries, 3 pids and 3 missed a user; 20 users, 4 once-keys. */
  protected static final InboxLimits LIMITS =
      new InboxLimits(
          new InboxLimits.OfUser(5, 100_000, 4, 100_000, 3, 3),
          new InboxLimits.OfStore(20, 50_000_000, 4, 100),
          InboxLimits.defaults().lifetimes());

  protected final FakeClock clock = new FakeClock();

  /** What was evicted, as {@code user reason count}. */
  protected final List<String> evicted = new CopyOnWriteArrayList<>();

  private long offset;

  /** The store under test, with {@link #LIMITS}, {@link #clock} and {@link #evictions}. */
  protected abstract Inbox inbox();

  /** The same store. */
  protected abstract Watermarks watermarks();

  /** The process ends without warning and starts again on the same store. */
  protected abstract void restart();

  protected final EvictionLog evictions() {
    return (userId, gap) -> evicted.add(userId + " " + gap.reason() + " " + gap.evicted());
  }

  protected static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  protected static NewEntry entry(String userId, String eventId) {
    return new NewEntry(
        userId,
        eventId,
        "order:created",
        ("{\"id\":\"" + eventId + "\"}").getBytes(StandardCharsets.UTF_8),
        Instant.EPOCH);
  }

  protected static Item item(long offset, NewEntry... entries) {
    return new Item(new Watermark(offset, 0, 0), Optional.empty(), List.of(entries));
  }

  protected final Outcome append(NewEntry entry) {
    return now(inbox().append(PARTITION, List.of(item(offset++, entry)))).getFirst();
  }

  protected final void append(String userId, String... eventIds) {
    for (String eventId : eventIds) {
      append(entry(userId, eventId));
    }
  }

  protected final Outcome appendOnce(String key) {
    Item item = new Item(new Watermark(offset++, 0, 0), Optional.of(key), List.of(entry("u", key)));
    return now(inbox().append(PARTITION, List.of(item))).getFirst();
  }

  /** Everything that is stored, or the first {@code limit} of it. */
  protected final Page read(String userId, long after, int limit) {
    return now(inbox().page(userId, new PageRequest(after, limit, 1 << 20, Backlog.everything())));
  }

  protected final List<String> stored(String userId) {
    return ids(read(userId, 0, 10_000));
  }

  protected final Page owed(String userId, Welcome.Fresh welcome) {
    return now(
        inbox()
            .page(
                userId,
                new PageRequest(welcome.start().seq(), 10_000, 1 << 20, welcome.backlog())));
  }

  protected static List<String> ids(Page page) {
    return page.entries().stream().map(Entry::eventId).toList();
  }

  protected final Welcome.Fresh connect(String userId, String freshPid) {
    return (Welcome.Fresh) now(inbox().connect(Arrival.first(userId, freshPid)));
  }

  protected final Welcome comeBack(String userId, String freshPid, String pid, Position position) {
    return now(
        inbox()
            .connect(new Arrival(userId, freshPid, Optional.of(pid), Optional.of(position), true)));
  }

  protected final Position at(String userId, long seq) {
    return read(userId, 0, 10_000).entries().stream()
        .filter(entry -> entry.seq() == seq)
        .map(Entry::position)
        .findFirst()
        .orElseThrow();
  }

  protected final void prove(String userId, String pid, Long... seqs) {
    now(inbox().markProven(userId, Proof.of(pid, List.of(seqs))));
  }

  protected final void tellGaps(String userId, String pid, List<Gap> gaps) {
    now(inbox().markProven(userId, new Proof(Optional.of(pid), List.of(), gaps)));
  }

  protected final void lose(String userId, String pid) {
    now(inbox().leave(userId, pid, new Departure.Lost(clock.instant())));
  }

  protected final void pass(Duration time) {
    clock.advance(time);
  }
}
