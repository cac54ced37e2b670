package io.realtime.notify.core.delivery;

import io.realtime.notify.core.delivery.Visits.Session;
import io.realtime.notify.core.inbox.Departure;
import io.realtime.notify.core.inbox.Inbox;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Tells the store of sessions that ended, until it has taken it: a pid that seems to live for ever
 * keeps entries for a device that is gone. Any thread.
 */
final class Departures {
  /** Past it a departure is dropped; the store's bound of pids per user remains. */
  private static final int MAX_UNTOLD = 100_000;

  private final Inbox inbox;
  private final ConcurrentLinkedQueue<Gone> untold = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  Departures(Inbox inbox) {
    this.inbox = inbox;
  }

  private record Gone(Session session, Departure departure) {}

  void tell(Session session, Departure departure) {
    tell(new Gone(session, departure));
  }

  /**
   * Tells again what the store did not take.
   *
   * @param back whether that session has been taken up again
   */
  void repeat(Predicate<Session> back) {
    for (int i = count.get(); i > 0; i--) {
      Gone gone = untold.poll();
      if (gone == null) {
        return;
      }
      count.decrementAndGet();
      if (!back.test(gone.session())) {
        tell(gone);
      }
    }
  }

  private void tell(Gone gone) {
    inbox
        .leave(gone.session().userId(), gone.session().pid(), gone.departure())
        .whenComplete(
            (done, failure) -> {
              if (failure != null && count.incrementAndGet() <= MAX_UNTOLD) {
                untold.add(gone);
              } else if (failure != null) {
                count.decrementAndGet();
              }
            });
  }
}
