package io.realtime.notify.core.testing;

import io.realtime.notify.core.inbox.Inbox.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Entries by seq with the sum of their cost. */
final class Shelf {
  private final TreeMap<Long, Kept> bySeq = new TreeMap<>();
  private long bytes;

  /**
   * An entry and its history.
   *
   * @param number in the order of all entries of the store
   * @param since when it came to its shelf
   * @param provenAt 0 when it is unproven
   * @param provenBy empty when nobody is known
   */
  record Kept(Entry entry, long number, Instant since, long provenAt, String provenBy) {}

  void put(Kept kept) {
    bySeq.put(kept.entry().seq(), kept);
    bytes += kept.entry().cost();
  }

  List<Kept> remove(List<Long> seqs) {
    List<Kept> removed = new ArrayList<>();
    for (Long seq : seqs) {
      Kept kept = bySeq.remove(seq);
      if (kept != null) {
        bytes -= kept.entry().cost();
        removed.add(kept);
      }
    }
    return removed;
  }

  List<Kept> removeIf(Predicate<Kept> condition) {
    List<Kept> removed = new ArrayList<>();
    Iterator<Kept> all = bySeq.values().iterator();
    while (all.hasNext()) {
      Kept kept = all.next();
      if (condition.test(kept)) {
        all.remove();
        bytes -= kept.entry().cost();
        removed.add(kept);
      }
    }
    return removed;
  }

  /** Removes the oldest until both bounds hold. */
  List<Kept> trim(int maxEntries, long maxBytes) {
    List<Kept> removed = new ArrayList<>();
    while (bySeq.size() > maxEntries || bytes > maxBytes) {
      removed.addAll(remove(List.of(bySeq.firstKey())));
    }
    return removed;
  }

  Iterable<Kept> all() {
    return bySeq.values();
  }

  int size() {
    return bySeq.size();
  }

  long bytes() {
    return bytes;
  }
}
