package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.sqlite.Entries.Stub;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Removes what is past a bound or its time, and notes the gap that it leaves. */
final class Evictor {
  /** Entries that one step removes. */
  static final int SLICE = 2_000;

  /** Entries that go before the store's size is looked at again. */
  private static final int STEP = 16;

  /** More than a transaction adds, so that the bound is reached in the end. */
  private static final int MAX_OF_TRANSACTION = 2 * Writer.MAX_WEIGHT;

  private Evictor() {}

  /** The oldest unproven entries of a user, until its own bounds hold. */
  static void pastCap(WriteSession session, User user) throws SQLException {
    InboxLimits.OfUser limits = session.limits.ofUser();
    while (user.unproven() > limits.entries() || user.unprovenBytes() > limits.bytes()) {
      int surplus = Math.max(1, user.unproven() - limits.entries());
      remove(session, user, Gap.Reason.CAP, session.entries.oldest(user, false, surplus));
    }
  }

  /**
   * The oldest entries of all, until the store is within its bound, and no more than that: each of
   * them may be one that somebody still waits for. After a bound was lowered it takes several
   * transactions; how many entries went.
   */
  static int pastStoreBound(WriteSession session) throws SQLException {
    int removed = 0;
    while (removed < MAX_OF_TRANSACTION
        && session.pages.usedBytes() > session.limits.ofStore().bytes()) {
      List<Stub> oldest = session.entries.oldestOfAll(STEP);
      if (oldest.isEmpty()) {
        return removed;
      }
      removeAll(session, Gap.Reason.STORE, oldest);
      removed += oldest.size();
    }
    return removed;
  }

  /** Some of those that have reached their time to live; how many were unproven. */
  static int expired(WriteSession session) throws SQLException {
    long last = session.nowMillis() - session.limits.lifetimes().entry().toMillis();
    List<Stub> old =
        session.entries.oldestOfAll(SLICE).stream().filter(stub -> stub.stored() <= last).toList();
    removeAll(session, Gap.Reason.TTL, old);
    return (int) old.stream().filter(stub -> stub.proven() == 0).count();
  }

  private static void removeAll(WriteSession session, Gap.Reason reason, List<Stub> stubs)
      throws SQLException {
    Map<Long, List<Stub>> byUser = new LinkedHashMap<>();
    stubs.forEach(
        stub -> byUser.computeIfAbsent(stub.user(), id -> new java.util.ArrayList<>()).add(stub));
    for (Map.Entry<Long, List<Stub>> entry : byUser.entrySet()) {
      Optional<User> user = session.users.find(entry.getKey());
      if (user.isPresent()) {
        remove(session, user.get(), reason, entry.getValue());
      }
    }
  }

  private static void remove(WriteSession session, User user, Gap.Reason reason, List<Stub> stubs)
      throws SQLException {
    for (Stub stub : stubs) {
      session.entries.drop(user, stub);
    }
    Optional<Gap> gap =
        stubs.stream()
            .filter(stub -> stub.proven() == 0)
            .map(
                stub ->
                    new Gap(
                        reason,
                        stub.seq(),
                        stub.seq(),
                        1,
                        Instant.ofEpochMilli(stub.accepted()),
                        Instant.ofEpochMilli(stub.accepted())))
            .reduce(Gap::merge);
    if (gap.isPresent()) {
      session.evicted(user, gap.get());
    }
  }

  /** Proven entries that nobody can come back for any more; how many. */
  static int needless(WriteSession session) throws SQLException {
    long last = session.nowMillis() - session.limits.lifetimes().proven().toMillis();
    int dropped = 0;
    for (Stub stub : session.entries.firstProven(SLICE)) {
      Optional<User> user = session.users.find(stub.user());
      if (user.isPresent() && stub.provenTime() <= last) {
        session.entries.drop(user.get(), stub);
        dropped++;
      }
    }
    for (long id : session.pids.takeChangedUsers()) {
      Optional<User> user = session.users.find(id);
      if (user.isPresent()) {
        dropped += needless(session, user.get());
      }
    }
    return dropped;
  }

  private static int needless(WriteSession session, User user) throws SQLException {
    int dropped = 0;
    for (Stub stub : session.entries.provenOf(user)) {
      if (!session.pids.othersThan(user, stub.provenBy(), session.nowMillis())) {
        session.entries.drop(user, stub);
        dropped++;
      }
    }
    return dropped;
  }
}
