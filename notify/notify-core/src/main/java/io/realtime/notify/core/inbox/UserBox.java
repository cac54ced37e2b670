package io.realtime.notify.core.inbox;

import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Head;
import io.realtime.notify.core.inbox.Inbox.NewEntry;
import io.realtime.notify.core.inbox.Inbox.Page;
import io.realtime.notify.core.inbox.Inbox.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One user's inbox. Guarded by the lock of the {@link InMemoryInbox} that holds it. */
final class UserBox {
  /** What an entry costs beside its payload and ids, roughly. */
  private static final int OVERHEAD = 128;

  private final Shelf unproven = new Shelf();
  private final Shelf proven = new Shelf();
  private Head head;
  private Instant touched;

  UserBox(String userId, long floor, Instant now) {
    this.head = new Head(floor, Chain.start(userId));
    this.touched = now;
  }

  /** An entry and when it came to its shelf. */
  private record Kept(Entry entry, Instant since) {}

  /** Entries by seq with the sum of their bytes. */
  private static final class Shelf {
    private final TreeMap<Long, Kept> bySeq = new TreeMap<>();
    private long bytes;

    void put(Kept kept) {
      bySeq.put(kept.entry().seq(), kept);
      bytes += cost(kept.entry());
    }

    @Nullable Kept remove(long seq) {
      Kept kept = bySeq.remove(seq);
      if (kept != null) {
        bytes -= cost(kept.entry());
      }
      return kept;
    }

    int trim(int maxEntries, long maxBytes) {
      int dropped = 0;
      while (bySeq.size() > maxEntries || bytes > maxBytes) {
        remove(bySeq.firstKey());
        dropped++;
      }
      return dropped;
    }

    int dropUntil(Instant last) {
      int dropped = 0;
      Iterator<Kept> all = bySeq.values().iterator();
      while (all.hasNext()) {
        Kept kept = all.next();
        if (!kept.since().isAfter(last)) {
          all.remove();
          bytes -= cost(kept.entry());
          dropped++;
        }
      }
      return dropped;
    }
  }

  static long cost(Entry entry) {
    return OVERHEAD
        + entry.payload().length
        + 2L * (entry.eventId().length() + entry.event().length());
  }

  Entry append(NewEntry added, Instant now) {
    long chain = Chain.next(head.chain(), added.eventId());
    Entry entry =
        new Entry(
            added.userId(),
            head.seq() + 1,
            head.chain(),
            chain,
            added.eventId(),
            added.event(),
            added.payload(),
            added.acceptedAt());
    head = new Head(entry.seq(), chain);
    unproven.put(new Kept(entry, now));
    touched = now;
    return entry;
  }

  int evict(InboxLimits limits) {
    return unproven.trim(limits.entriesPerUser(), limits.bytesPerUser());
  }

  /** Drops the oldest entry, proven ones first; whether an unproven one went. */
  boolean evictOldest() {
    if (!proven.bySeq.isEmpty()) {
      proven.remove(proven.bySeq.firstKey());
      return false;
    }
    unproven.remove(unproven.bySeq.firstKey());
    return true;
  }

  void prove(List<Long> seqs, boolean keep, InboxLimits limits, Instant now) {
    for (long seq : seqs) {
      Kept kept = unproven.remove(seq);
      if (kept != null && keep) {
        proven.put(new Kept(kept.entry(), now));
      }
    }
    proven.trim(limits.entriesPerUser(), limits.bytesPerUser());
    touched = now;
  }

  Page page(PageRequest request) {
    List<Entry> entries = new ArrayList<>();
    Iterator<Kept> open = unproven.bySeq.tailMap(request.after(), false).values().iterator();
    Iterator<Kept> done = proven.bySeq.tailMap(request.after(), false).values().iterator();
    @Nullable Kept nextOpen = next(open);
    @Nullable Kept nextDone = nextOwed(done, request);
    long bytes = 0;
    while (nextOpen != null || nextDone != null) {
      boolean takeOpen =
          nextDone == null || (nextOpen != null && nextOpen.entry().seq() < nextDone.entry().seq());
      Kept taken = java.util.Objects.requireNonNull(takeOpen ? nextOpen : nextDone);
      bytes += taken.entry().payload().length;
      if (entries.size() == request.limit() || (!entries.isEmpty() && bytes > request.maxBytes())) {
        return new Page(List.copyOf(entries), head, false);
      }
      entries.add(taken.entry());
      if (takeOpen) {
        nextOpen = next(open);
      } else {
        nextDone = nextOwed(done, request);
      }
    }
    return new Page(List.copyOf(entries), head, true);
  }

  private static @Nullable Kept next(Iterator<Kept> all) {
    return all.hasNext() ? all.next() : null;
  }

  private static @Nullable Kept nextOwed(Iterator<Kept> all, PageRequest request) {
    while (all.hasNext()) {
      Kept kept = all.next();
      if (kept.entry().seq() > request.backlogEnd()
          || !kept.since().isBefore(request.owedSince())) {
        return kept;
      }
    }
    return null;
  }

  int expire(Instant lastExpired) {
    return unproven.dropUntil(lastExpired);
  }

  int forgetProven(Instant lastForgotten) {
    return proven.dropUntil(lastForgotten);
  }

  Head head() {
    return head;
  }

  Instant touched() {
    return touched;
  }

  int unprovenCount() {
    return unproven.bySeq.size();
  }

  int count() {
    return unproven.bySeq.size() + proven.bySeq.size();
  }

  long bytes() {
    return unproven.bytes + proven.bytes;
  }
}
