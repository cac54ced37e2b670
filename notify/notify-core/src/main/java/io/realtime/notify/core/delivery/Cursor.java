package io.realtime.notify.core.delivery;

import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Head;
import io.realtime.notify.core.inbox.Inbox.Page;
import io.realtime.notify.core.inbox.Inbox.PageRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * Where one connection is in its user's inbox (delivery.md 2.5). It is <i>live</i> when it is
 * neither dirty nor reading; only then is a wake-up sent at once, and only if it is the successor.
 *
 * <pre>
 *   dirty   --{@link #nextPage}--> reading --{@link #onPage} complete--> live
 *     ^                              |  incomplete, or woken meanwhile
 *     +------------------------------+
 *   live    --{@link #onWake} of another than the successor, {@link #onPosition} elsewhere--> dirty
 * </pre>
 *
 * <p>Owned by the connection's home loop.
 */
final class Cursor {
  private final Instant connectedAt;
  private long seq;
  private long chain;
  private long backlogEnd = Long.MAX_VALUE;
  private boolean dirty = true;
  private boolean reading;

  Cursor(Instant connectedAt) {
    this.connectedAt = connectedAt;
  }

  /**
   * A new entry was stored.
   *
   * @param room whether the connection may take one more
   * @return whether to send it now; the cursor has moved then
   */
  boolean onWake(Entry entry, boolean room) {
    if (!reading && !dirty && room && entry.seq() == seq + 1 && entry.chainBefore() == chain) {
      moveTo(entry.seq(), entry.chain());
      return true;
    }
    if (reading || dirty || entry.seq() > seq) {
      dirty = true;
    }
    return false;
  }

  /** What to read next, if anything; reading begins then. */
  Optional<PageRequest> nextPage(int limit, long maxBytes) {
    if (!dirty || reading || limit <= 0 || maxBytes <= 0) {
      return Optional.empty();
    }
    dirty = false;
    reading = true;
    return Optional.of(new PageRequest(seq, limit, maxBytes, backlogEnd, connectedAt));
  }

  /** The page has come; all its entries are to be sent. */
  void onPage(Page page) {
    reading = false;
    if (backlogEnd == Long.MAX_VALUE) {
      backlogEnd = page.head().seq();
    }
    if (page.complete()) {
      moveTo(page.head().seq(), page.head().chain());
    } else {
      Entry last = page.entries().getLast();
      moveTo(last.seq(), last.chain());
      dirty = true;
    }
  }

  /** The store did not answer; what was to be read still is. */
  void onPageFailed() {
    reading = false;
    dirty = true;
  }

  /** Where the inbox ends now; a wake-up was lost when that is not here. */
  void onPosition(Head head) {
    if (!reading && (head.seq() != seq || head.chain() != chain)) {
      dirty = true;
    }
  }

  boolean live() {
    return !dirty && !reading;
  }

  private void moveTo(long newSeq, long newChain) {
    seq = newSeq;
    chain = newChain;
  }
}
