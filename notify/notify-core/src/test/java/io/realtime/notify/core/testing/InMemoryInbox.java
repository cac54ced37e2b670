package io.realtime.notify.core.testing;

import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Backlog;
import io.realtime.notify.core.inbox.Chain;
import io.realtime.notify.core.inbox.Departure;
import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Proof;
import io.realtime.notify.core.inbox.SessionNote;
import io.realtime.notify.core.inbox.Welcome;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.core.ingest.Watermarks;
import io.realtime.notify.core.testing.Shelf.Kept;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store for tests that keeps the whole contract but durability; {@link #restart} is the end and
 * the new start of a process whose store stays. One lock guards all of it and is never held while
 * anything else is called; stages are complete when they are returned.
 */
public final class InMemoryInbox implements Inbox, Watermarks {
  private final ReentrantLock lock = new ReentrantLock();
  private final InboxLimits limits;
  private final InstantSource clock;
  private final EvictionLog evictions;
  private final LinkedHashMap<String, UserBox> boxes = new LinkedHashMap<>();
  private final LinkedHashMap<String, Instant> onceKeys = new LinkedHashMap<>();
  private final Map<PartitionKey, Watermark> watermarks = new HashMap<>();
  private final List<Runnable> untold = new ArrayList<>();
  private @Nullable Instant firstStart;
  private long count;
  private long floor;

  public InMemoryInbox(InboxLimits limits, InstantSource clock, EvictionLog evictions) {
    this.limits = limits;
    this.clock = clock;
    this.evictions = evictions;
  }

  /** How much is kept, proven entries included. */
  public record Sizes(int users, long entries, long bytes) {}

  public Sizes sizes() {
    return locked(
        () ->
            new Sizes(
                boxes.size(),
                boxes.values().stream().mapToLong(b -> b.unproven.size() + b.proven.size()).sum(),
                bytes()));
  }

  private long bytes() {
    return boxes.values().stream().mapToLong(b -> b.unproven.bytes() + b.proven.bytes()).sum();
  }

  /** The process ends and starts again; the store stays. */
  public void restart() {
    Instant now = clock.instant();
    locked(
        () -> {
          boxes.values().forEach(box -> box.restart(now));
          return true;
        });
  }

  @Override
  public CompletionStage<List<Outcome>> append(PartitionKey partition, List<Item> items) {
    return done(() -> items.stream().map(item -> append(partition, item)).toList());
  }

  private Outcome append(PartitionKey partition, Item item) {
    Instant now = clock.instant();
    Watermark known = watermarks.get(partition);
    if (known != null && !item.watermark().isAfter(known)) {
      return new Outcome.Duplicate();
    }
    watermarks.put(partition, item.watermark());
    if (item.onceKey().isPresent() && seen(item.onceKey().get(), now)) {
      return new Outcome.Duplicate();
    }
    List<Entry> stored = new ArrayList<>(item.entries().size());
    for (NewEntry added : item.entries()) {
      stored.add(box(added.userId()).append(added, ++count, now));
    }
    for (NewEntry added : item.entries()) {
      box(added.userId()).evictPastCap().ifPresent(gap -> tell(added.userId(), gap));
    }
    evictForAll();
    return new Outcome.Stored(List.copyOf(stored));
  }

  private UserBox box(String userId) {
    return boxes.computeIfAbsent(userId, user -> new UserBox(user, limits, floor, clock.instant()));
  }

  private boolean seen(String onceKey, Instant now) {
    Instant before = onceKeys.get(onceKey);
    if (before != null && before.plus(limits.lifetimes().key()).isAfter(now)) {
      return true;
    }
    onceKeys.remove(onceKey);
    onceKeys.put(onceKey, now);
    if (onceKeys.size() > limits.ofStore().onceKeys()) {
      onceKeys.pollFirstEntry();
    }
    return false;
  }

  private void evictForAll() {
    while (bytes() > limits.ofStore().bytes()) {
      Map.Entry<String, UserBox> oldest =
          boxes.entrySet().stream()
              .filter(entry -> entry.getValue().oldest() != null)
              .min(Comparator.comparingLong(entry -> oldest(entry.getValue()).number()))
              .orElseThrow();
      List<Long> seq = List.of(oldest(oldest.getValue()).entry().seq());
      oldest.getValue().proven.remove(seq);
      oldest
          .getValue()
          .evicted(Gap.Reason.STORE, oldest.getValue().unproven.remove(seq))
          .ifPresent(gap -> tell(oldest.getKey(), gap));
    }
  }

  private static Kept oldest(UserBox box) {
    Kept oldest = box.oldest();
    if (oldest == null) {
      throw new IllegalStateException("no entry");
    }
    return oldest;
  }

  private void tell(String userId, Gap gap) {
    untold.add(() -> evictions.evicted(userId, gap));
  }

  @Override
  public CompletionStage<Welcome> connect(Arrival arrival) {
    return done(() -> welcome(box(arrival.userId()), arrival));
  }

  private Welcome welcome(UserBox box, Arrival arrival) {
    Instant now = clock.instant();
    Optional<SessionNote> note =
        arrival
            .returnedPid()
            .flatMap(pid -> box.validPid(pid, now))
            .filter(SessionNote::recoverable);
    Optional<Position> position = arrival.returnedPosition().filter(box::chains);
    long complete = position.map(Position::seq).orElse(Long.MAX_VALUE);
    List<Entry> missed = box.owed(Backlog.everything(), complete);
    boolean recovered =
        arrival.mayRecover()
            && note.isPresent()
            && position.isPresent()
            && missed.size() == box.head().seq() - complete
            && missed.size() <= limits.ofUser().missed();
    String pid = recovered ? arrival.returnedPid().orElseThrow() : arrival.freshPid();
    if (!recovered) {
      arrival.returnedPid().ifPresent(box::forgetPid);
    }
    box.open(pid, recovered ? note.orElseThrow() : SessionNote.empty());
    position.ifPresent(
        known -> box.prove(box.unprovenUpTo(known.seq()), Optional.of(pid), ++count, now));
    if (recovered) {
      return new Welcome.Recovered(
          pid, note.orElseThrow(), missed, box.head(), box.gapsBetween(-1, Long.MAX_VALUE));
    }
    Backlog backlog = new Backlog(box.head().seq(), count, complete);
    Position start =
        box.owed(backlog, 0).stream()
            .findFirst()
            .map(first -> new Position(first.seq() - 1, first.chainBefore()))
            .orElse(box.head());
    return new Welcome.Fresh(
        pid,
        start,
        backlog,
        position.isPresent(),
        box.head(),
        box.gapsBetween(-1, start.seq() + 1));
  }

  @Override
  public CompletionStage<Void> remember(String userId, String pid, SessionNote note) {
    return change(userId, box -> box.remember(pid, note));
  }

  @Override
  public CompletionStage<Void> leave(String userId, String pid, Departure departure) {
    return change(userId, box -> box.leave(pid, departure));
  }

  @Override
  public CompletionStage<Page> page(String userId, PageRequest request) {
    return done(
        () -> {
          UserBox box = boxes.get(userId);
          return box == null
              ? new Page(List.of(), List.of(), emptyHead(userId), true)
              : box.page(request);
        });
  }

  private Position emptyHead(String userId) {
    return new Position(floor, Chain.start(userId));
  }

  @Override
  public CompletionStage<Void> markProven(String userId, Proof proof) {
    return change(
        userId,
        box -> {
          box.prove(proof.seqs(), proof.pid(), ++count, clock.instant());
          box.told(proof);
        });
  }

  private CompletionStage<Void> change(String userId, Consumer<UserBox> change) {
    return done(() -> {
          Optional<UserBox> box = Optional.ofNullable(boxes.get(userId));
          box.ifPresent(change);
          return box.isPresent();
        })
        .thenApply(known -> null);
  }

  @Override
  public CompletionStage<Position> position(String userId) {
    return done(
        () -> {
          UserBox box = boxes.get(userId);
          return box == null ? emptyHead(userId) : box.head();
        });
  }

  @Override
  public CompletionStage<Purged> purge() {
    return done(
        () -> {
          Instant now = clock.instant();
          int expired = 0;
          int proven = 0;
          int pids = 0;
          for (Map.Entry<String, UserBox> entry : boxes.entrySet()) {
            UserBox box = entry.getValue();
            List<Kept> old =
                box.unproven.removeIf(
                    kept -> !kept.since().plus(limits.lifetimes().entry()).isAfter(now));
            expired += old.size();
            box.evicted(Gap.Reason.TTL, old).ifPresent(gap -> tell(entry.getKey(), gap));
            pids += box.purgePids(now);
            proven += box.purgeProven(now);
          }
          onceKeys.values().removeIf(at -> !at.plus(limits.lifetimes().key()).isAfter(now));
          return new Purged(expired, proven, pids, forgetUsers(now));
        });
  }

  private int forgetUsers(Instant now) {
    int surplus = boxes.size() - limits.ofStore().users();
    List<Map.Entry<String, UserBox>> idle =
        boxes.entrySet().stream()
            .filter(entry -> entry.getValue().idle())
            .sorted(Comparator.comparing(entry -> entry.getValue().stored()))
            .toList();
    int forgotten = 0;
    for (Map.Entry<String, UserBox> entry : idle) {
      boolean old =
          !entry.getValue().hasGaps()
              && !entry.getValue().stored().plus(limits.lifetimes().head()).isAfter(now);
      if (old || forgotten < surplus) {
        floor = Math.max(floor, entry.getValue().head().seq());
        boxes.remove(entry.getKey());
        forgotten++;
      }
    }
    return forgotten;
  }

  @Override
  public CompletionStage<Void> probe() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Map<PartitionKey, Watermark>> all() {
    return done(() -> Map.copyOf(watermarks));
  }

  @Override
  public CompletionStage<Optional<Instant>> firstStart() {
    return done(() -> Optional.ofNullable(firstStart));
  }

  @Override
  public CompletionStage<Void> initialise(Instant firstStart, Map<PartitionKey, Watermark> starts) {
    return done(() -> {
          this.firstStart = firstStart;
          watermarks.putAll(starts);
          return true;
        })
        .thenApply(changed -> null);
  }

  @Override
  public CompletionStage<Void> set(PartitionKey partition, Watermark watermark) {
    return done(() -> Optional.ofNullable(watermarks.put(partition, watermark)))
        .thenApply(before -> null);
  }

  private <T> CompletableFuture<T> done(Supplier<T> change) {
    List<Runnable> evicted = new ArrayList<>();
    T result =
        locked(
            () -> {
              T changed = change.get();
              evicted.addAll(untold);
              untold.clear();
              return changed;
            });
    evicted.forEach(Runnable::run);
    return CompletableFuture.completedFuture(result);
  }

  private <T> T locked(Supplier<T> change) {
    lock.lock();
    try {
      return change.get();
    } finally {
      lock.unlock();
    }
  }
}
