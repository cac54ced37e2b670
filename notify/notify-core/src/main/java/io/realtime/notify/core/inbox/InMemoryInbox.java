package io.realtime.notify.core.inbox;

import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.core.ingest.Watermarks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store in this process: it survives reconnects of clients, not the process. One lock guards all
 * of it and is never held while anything else is called; stages are complete when they are
 * returned.
 *
 * <p>A user that had to be forgotten is remembered in one number only, the highest {@code seq} that
 * was ever forgotten: new users begin behind it, so no {@code seq} comes twice.
 */
public final class InMemoryInbox implements Inbox, Watermarks {
  private final ReentrantLock lock = new ReentrantLock();
  private final InboxLimits limits;
  private final InstantSource clock;
  private final LinkedHashMap<String, UserBox> boxes = new LinkedHashMap<>(16, 0.75f, true);
  private final LinkedHashMap<String, Instant> onceKeys = new LinkedHashMap<>();
  private final Map<PartitionKey, Watermark> watermarks = new HashMap<>();
  private @Nullable Instant firstStart;
  private long entries;
  private long bytes;
  private long floor;

  public InMemoryInbox(InboxLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** How much is kept, proven entries included. */
  public record Sizes(int users, long entries, long bytes) {}

  public Sizes sizes() {
    return locked(() -> new Sizes(boxes.size(), entries, bytes));
  }

  @Override
  public CompletionStage<List<Outcome>> append(PartitionKey partition, List<Item> items) {
    return done(
        () -> {
          Instant now = clock.instant();
          List<Outcome> outcomes = new ArrayList<>(items.size());
          for (Item item : items) {
            outcomes.add(append(partition, item, now));
          }
          return List.copyOf(outcomes);
        });
  }

  private Outcome append(PartitionKey partition, Item item, Instant now) {
    Watermark known = watermarks.get(partition);
    Watermark next = item.watermark();
    if (known != null
        && (next.generation() < known.generation()
            || (next.generation() == known.generation() && next.offset() <= known.offset()))) {
      return new Outcome.Duplicate();
    }
    watermarks.put(partition, next);
    if (item.onceKey().isPresent() && seen(item.onceKey().get(), now)) {
      return new Outcome.Duplicate();
    }
    List<Entry> stored = new ArrayList<>(item.entries().size());
    int evicted = 0;
    for (NewEntry added : item.entries()) {
      UserBox box = boxes.get(added.userId());
      if (box == null) {
        box = new UserBox(added.userId(), floor, now);
        boxes.put(added.userId(), box);
      }
      UserBox target = box;
      stored.add(tracked(target, () -> target.append(added, now)));
      evicted += tracked(target, () -> target.evict(limits));
    }
    return new Outcome.Stored(List.copyOf(stored), evicted + evictForAll());
  }

  /** Keeps the totals right around a change of one box. */
  private <T> T tracked(UserBox box, Supplier<T> change) {
    int countBefore = box.count();
    long bytesBefore = box.bytes();
    T result = change.get();
    entries += box.count() - countBefore;
    bytes += box.bytes() - bytesBefore;
    return result;
  }

  private boolean seen(String onceKey, Instant now) {
    Instant before = onceKeys.get(onceKey);
    if (before != null && before.plus(limits.onceTtl()).isAfter(now)) {
      return true;
    }
    onceKeys.remove(onceKey);
    onceKeys.put(onceKey, now);
    if (onceKeys.size() > limits.onceKeys()) {
      onceKeys.pollFirstEntry();
    }
    return false;
  }

  private int evictForAll() {
    int evicted = 0;
    Iterator<UserBox> longestUnused = boxes.values().iterator();
    while ((bytes > limits.totalBytes() || boxes.size() > limits.users())
        && longestUnused.hasNext()) {
      UserBox box = longestUnused.next();
      if (boxes.size() > limits.users()) {
        evicted += box.unprovenCount();
        forget(box, longestUnused);
        continue;
      }
      while (bytes > limits.totalBytes() && box.count() > 0) {
        evicted += tracked(box, box::evictOldest) ? 1 : 0;
      }
    }
    return evicted;
  }

  private void forget(UserBox box, Iterator<UserBox> at) {
    entries -= box.count();
    bytes -= box.bytes();
    floor = Math.max(floor, box.head().seq());
    at.remove();
  }

  @Override
  public CompletionStage<Page> page(String userId, PageRequest request) {
    return done(
        () -> {
          UserBox box = boxes.get(userId);
          return box == null ? new Page(List.of(), emptyHead(userId), true) : box.page(request);
        });
  }

  private Head emptyHead(String userId) {
    return new Head(floor, Chain.start(userId));
  }

  @Override
  public CompletionStage<Void> markProven(String userId, List<Long> seqs, boolean keep) {
    return done(() -> {
          UserBox box = boxes.get(userId);
          return box != null
              && tracked(
                  box,
                  () -> {
                    box.prove(seqs, keep, limits, clock.instant());
                    return true;
                  });
        })
        .thenApply(changed -> null);
  }

  @Override
  public CompletionStage<Head> position(String userId) {
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
          int users = 0;
          Iterator<UserBox> all = boxes.values().iterator();
          while (all.hasNext()) {
            UserBox box = all.next();
            expired += tracked(box, () -> box.expire(now.minus(limits.ttl())));
            proven += tracked(box, () -> box.forgetProven(now.minus(limits.provenTtl())));
            if (box.count() == 0 && !box.touched().plus(limits.ttl()).isAfter(now)) {
              forget(box, all);
              users++;
            }
          }
          onceKeys.values().removeIf(at -> !at.plus(limits.onceTtl()).isAfter(now));
          return new Purged(expired, proven, users);
        });
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
    return CompletableFuture.completedFuture(locked(change));
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
