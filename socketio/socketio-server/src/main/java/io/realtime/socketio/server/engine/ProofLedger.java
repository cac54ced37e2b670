package io.realtime.socketio.server.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Which write marks stand behind which ping of one connection. A stream is ordered, so the answer
 * to a ping proves every mark that was written before it; at most one ping is outstanding, so a
 * pong needs no name. One entry per receiver, of which a connection has as many as namespaces.
 */
final class ProofLedger {
  private static final long NONE = Long.MIN_VALUE;

  private final List<Entry> entries = new ArrayList<>(1);

  /** A packet with {@code mark} went to the transport. */
  void onWritten(MarkReceiver receiver, long mark) {
    Entry entry = entryOf(receiver);
    entry.written = Math.max(entry.written, mark);
  }

  /** Whether a mark was written that no ping stands behind. */
  boolean needsPing() {
    for (Entry entry : entries) {
      if (entry.written > entry.asked) {
        return true;
      }
    }
    return false;
  }

  /** A ping went to the transport. */
  void onPingWritten() {
    for (Entry entry : entries) {
      entry.asked = entry.written;
    }
  }

  /** The outstanding ping was answered. */
  void onPong() {
    // by index: a receiver may write again, which may add an entry
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.asked > entry.proven) {
        entry.proven = entry.asked;
        entry.receiver.onProven(entry.proven);
      }
    }
  }

  /** Nothing is reported to {@code receiver} any more. */
  void forget(MarkReceiver receiver) {
    entries.removeIf(entry -> entry.receiver.equals(receiver));
  }

  private Entry entryOf(MarkReceiver receiver) {
    for (Entry entry : entries) {
      if (entry.receiver.equals(receiver)) {
        return entry;
      }
    }
    Entry entry = new Entry(receiver);
    entries.add(entry);
    return entry;
  }

  private static final class Entry {
    private final MarkReceiver receiver;
    private long written = NONE;
    private long asked = NONE;
    private long proven = NONE;

    private Entry(MarkReceiver receiver) {
      this.receiver = receiver;
    }
  }
}
