package io.realtime.notify.core.delivery;

import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.Inbox.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** What one connection was sent and has not proven to have. Owned by the connection's home loop. */
final class ProofTracker {
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

    record SentEntry(long mark, long seq, int bytes) implements Sent {}

    record SentGap(long mark, Gap gap) implements Sent {}
  }

  /** What was proven: exactly these, each told once. */
  record Proven(List<Long> seqs, List<Gap> gaps) {
    boolean isEmpty() {
      return seqs.isEmpty() && gaps.isEmpty();
    }
  }

  /** Notes an entry that is about to be sent and gives the write mark that stands behind it. */
  long sent(Entry entry) {
    unproven.addLast(new Sent.SentEntry(++lastMark, entry.seq(), entry.payload().length));
    bytes += entry.payload().length;
    return lastMark;
  }

  /** The same for the telling of a gap. */
  long sent(Gap gap) {
    unproven.addLast(new Sent.SentGap(++lastMark, gap));
    return lastMark;
  }

  /** The client has everything up to {@code mark}. */
  Proven proven(long mark) {
    List<Long> seqs = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    while (!unproven.isEmpty() && unproven.peekFirst().mark() <= mark) {
      switch (unproven.removeFirst()) {
        case Sent.SentEntry entry -> {
          bytes -= entry.bytes();
          seqs.add(entry.seq());
        }
        case Sent.SentGap gap -> gaps.add(gap.gap());
      }
    }
    return new Proven(seqs, gaps);
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
