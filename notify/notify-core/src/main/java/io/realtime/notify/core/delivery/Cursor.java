package io.realtime.notify.core.delivery;

import io.realtime.notify.core.inbox.Backlog;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Page;
import io.realtime.notify.core.inbox.Inbox.PageRequest;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Welcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one connection is in its user's inbox (delivery.md 2.5). It is <i>live</i> when it is
 * neither waiting for its welcome, nor dirty, nor reading; only then is a wake-up sent at once, and
 * only if it is the successor.
 *
 * <pre>
 *   waiting --{@link #onWelcome}--> dirty: what was stored since then may have been missed
 *   dirty   --{@link #nextPage}--> reading --{@link #onPage} complete--> live
 *     ^                              |  incomplete, or woken meanwhile
 *     +------------------------------+
 *   live    --{@link #onWake} of another than the successor, {@link #onPosition} elsewhere--> dirty
 * </pre>
 *
 * <p>Owned by the connection's home loop.
 */
final class Cursor {
  private @Nullable Backlog backlog;
  private long seq;
  private long chain;
  private boolean dirty;
  private boolean reading;

  /** It was decided what the connection is owed. */
  void onWelcome(Welcome welcome) {
    switch (welcome) {
      case Welcome.Recovered recovered -> {
        backlog = Backlog.everything();
        moveTo(recovered.head());
      }
      case Welcome.Fresh fresh -> {
        backlog = fresh.backlog();
        moveTo(fresh.start());
      }
    }
    dirty = true;
  }

  /**
   * A new entry was stored.
   *
   * @param room whether the connection may take one more
   * @return whether to send it now; the cursor has moved then
   */
  boolean onWake(Entry entry, boolean room) {
    if (live() && room && entry.seq() == seq + 1 && entry.chainBefore() == chain) {
      moveTo(entry.position());
      return true;
    }
    if (!live() || entry.seq() > seq) {
      dirty = true;
    }
    return false;
  }

  /** What to read next, if anything; reading begins then. */
  Optional<PageRequest> nextPage(int limit, long maxBytes) {
    if (backlog == null || !dirty || reading || limit <= 0 || maxBytes <= 0) {
      return Optional.empty();
    }
    dirty = false;
    reading = true;
    return Optional.of(new PageRequest(seq, limit, maxBytes, backlog));
  }

  /** The page has come; all its entries are to be sent. */
  void onPage(Page page) {
    reading = false;
    if (page.complete()) {
      moveTo(page.head());
    } else {
      moveTo(page.entries().getLast().position());
      dirty = true;
    }
  }

  /** The store did not answer; what was to be read still is. */
  void onPageFailed() {
    reading = false;
    dirty = true;
  }

  /** Where the inbox ends now; a wake-up was lost when that is not here. */
  void onPosition(Position head) {
    if (!reading && (head.seq() != seq || head.chain() != chain)) {
      dirty = true;
    }
  }

  /** Where the connection is. */
  Position position() {
    return new Position(seq, chain);
  }

  boolean live() {
    return backlog != null && !dirty && !reading;
  }

  private void moveTo(Position position) {
    seq = position.seq();
    chain = position.chain();
  }
}
