package io.realtime.notify.core.delivery;

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

  private record Sent(long mark, long seq, int bytes) {}

  /** Notes an entry that is about to be sent and gives the write mark that stands behind it. */
  long sent(Entry entry) {
    unproven.addLast(new Sent(++lastMark, entry.seq(), entry.payload().length));
    bytes += entry.payload().length;
    return lastMark;
  }

  /** The client has everything up to {@code mark}: exactly these entries, each told once. */
  List<Long> proven(long mark) {
    List<Long> seqs = new ArrayList<>();
    while (!unproven.isEmpty() && unproven.peekFirst().mark() <= mark) {
      Sent sent = unproven.removeFirst();
      bytes -= sent.bytes();
      seqs.add(sent.seq());
    }
    return seqs;
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
