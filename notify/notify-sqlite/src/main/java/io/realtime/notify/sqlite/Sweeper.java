package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.Inbox.Purged;
import io.realtime.notify.core.inbox.InboxLimits;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** Drops what has outlived its time, in slices, so that nothing waits long behind one. */
final class Sweeper {
  /** Slices of one purge; what is left then waits for the next. */
  private static final int MAX_SLICES = 50;

  private Sweeper() {}

  static CompletableFuture<Purged> purge(Writer writer) {
    return next(writer, new Purged(0, 0, 0, 0), MAX_SLICES);
  }

  private static CompletableFuture<Purged> next(Writer writer, Purged before, int slices) {
    return writer
        .submit(Writer.MAX_WEIGHT, 0, Sweeper::slice)
        .thenCompose(
            slice -> {
              Purged sum =
                  new Purged(
                      before.expired() + slice.expired(),
                      before.proven() + slice.proven(),
                      before.pids() + slice.pids(),
                      before.users() + slice.users());
              boolean more =
                  Math.max(
                          Math.max(slice.expired(), slice.proven()),
                          Math.max(slice.pids(), slice.users()))
                      >= Evictor.SLICE;
              return more && slices > 1
                  ? next(writer, sum, slices - 1)
                  : CompletableFuture.completedFuture(sum);
            });
  }

  private static Purged slice(WriteSession session) throws SQLException {
    InboxLimits limits = session.limits;
    int expired = Evictor.expired(session);
    int pids = session.pids.purge(session.users, session.nowMillis());
    int proven = Evictor.needless(session);
    session.onceKeys.purge(session.nowMillis());
    session.idempotency.purge(session.nowMillis(), 1_000);
    int users =
        session.users.forgetIdle(
            session.nowMillis() - limits.lifetimes().head().toMillis(),
            false,
            Evictor.SLICE,
            session.gaps);
    long surplus = session.users.count() - limits.ofStore().users();
    if (surplus > 0) {
      users +=
          session.users.forgetIdle(
              Long.MAX_VALUE, true, (int) Math.min(surplus, Evictor.SLICE), session.gaps);
    }
    session.pages.shrink();
    return new Purged(expired, proven, pids, users);
  }
}
