package io.realtime.notify.core.delivery;

import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.Inbox.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one connection was sent and has not proven to have, in the order of sending. Owned by the
 * connection's home loop.
 */
final class ProofTracker {
  /** Behind it stands no write mark. */
  private static final long UNMARKED = Long.MAX_VALUE;

  private final int maxCount;
  private final long maxBytes;
  private final ArrayDeque<Sent> unproven = new ArrayDeque<>();
  private long bytes;
  private long lastMark;

  ProofTracker(int maxCount, long maxBytes) {
    this.maxCount = maxCount;
    this.maxBytes = maxBytes;
  }

  private sealed interface Sent {
    long mark();

    record SentEntry(long mark, long seq, String eventId, int bytes, long atMillis)
        implements Sent {}

    record SentGap(long mark, Gap gap) implements Sent {}
  }

  /** What was proven: exactly these, each told once. */
  record Proven(List<Long> seqs, List<Gap> gaps) {
    boolean isEmpty() {
      return seqs.isEmpty() && gaps.isEmpty();
    }
  }

  /** Notes an entry that is about to be sent and gives the write mark that stands behind it. */
  long sent(Entry entry, long nowMillis) {
    note(entry, ++lastMark, nowMillis);
    return lastMark;
  }

  /** The same for an entry behind which stands no mark. */
  void sentUnmarked(Entry entry, long nowMillis) {
    note(entry, UNMARKED, nowMillis);
  }

  private void note(Entry entry, long mark, long nowMillis) {
    int size = entry.payload().length;
    unproven.addLast(new Sent.SentEntry(mark, entry.seq(), entry.eventId(), size, nowMillis));
    bytes += size;
  }

  /** The same for the telling of a gap. */
  long sent(Gap gap) {
    unproven.addLast(new Sent.SentGap(++lastMark, gap));
    return lastMark;
  }

  /** The client has everything up to {@code mark}. */
  Proven proven(long mark) {
    return take(sent -> sent.mark() <= mark);
  }

  /** The client has exactly these; others are ignored. */
  Proven acknowledged(Set<String> eventIds) {
    return take(sent -> sent instanceof Sent.SentEntry entry && eventIds.contains(entry.eventId()));
  }

  private Proven take(Predicate<Sent> which) {
    List<Long> seqs = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    unproven.removeIf(
        sent -> {
          if (!which.test(sent)) {
            return false;
          }
          switch (sent) {
            case Sent.SentEntry entry -> {
              bytes -= entry.bytes();
              seqs.add(entry.seq());
            }
            case Sent.SentGap gap -> gaps.add(gap.gap());
          }
          return true;
        });
    return new Proven(seqs, gaps);
  }

  /** When the oldest unproven entry was sent. */
  OptionalLong oldestMillis() {
    return unproven.stream()
        .filter(Sent.SentEntry.class::isInstance)
        .mapToLong(sent -> ((Sent.SentEntry) sent).atMillis())
        .findFirst();
  }

  /** How many more entries may be sent. */
  int roomForEntries() {
    return bytes >= maxBytes ? 0 : maxCount - unproven.size();
  }

  /** How many more payload bytes may be sent; one entry may exceed it. */
  long roomForBytes() {
    return Math.max(0, maxBytes - bytes);
  }

  int count() {
    return unproven.size();
  }
}
