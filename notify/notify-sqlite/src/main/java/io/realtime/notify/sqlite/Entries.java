package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.inbox.Position;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rows of inboxes. Keeps the counts of their users right, and counts proofs: an entry that was
 * proven later has a higher number, whatever the clock says. Writer's thread.
 */
final class Entries {
  static final String COLUMNS =
      "seq, chain_before, chain, event_id, event, payload, accepted, proven";

  private final Sql insert;
  private final Sql mark;
  private final Sql remove;
  private final Sql removeById;
  private final Sql oldestUnproven;
  private final Sql oldestProven;
  private final Sql unprovenUpTo;
  private final Sql provenOf;
  private final Sql provenUntil;
  private final Sql oldestOfAll;
  private final Sql around;
  private final Sql firstFrom;
  private final Sql behind;
  private final Sql countBehind;
  private long proofs;
  private long count;

  Entries(Connection connection) throws SQLException {
    this.insert =
        new Sql(
            connection,
            "INSERT INTO entries (user, seq, chain_before, chain, event_id, event, accepted, stored,"
                + " cost, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    String one = "WHERE user = ? AND seq = ? AND proven = 0 RETURNING cost";
    this.mark =
        new Sql(connection, "UPDATE entries SET proven = ?, proven_time = ?, proven_by = ? " + one);
    this.remove = new Sql(connection, "DELETE FROM entries " + one);
    this.removeById = new Sql(connection, "DELETE FROM entries WHERE id = ?");
    String row = "SELECT id, user, seq, cost, accepted, stored, proven, proven_time, proven_by";
    this.oldestUnproven =
        new Sql(
            connection, row + " FROM entries WHERE user = ? AND proven = 0 ORDER BY seq LIMIT ?");
    this.oldestProven =
        new Sql(
            connection, row + " FROM entries WHERE user = ? AND proven > 0 ORDER BY seq LIMIT ?");
    this.unprovenUpTo =
        new Sql(connection, "SELECT seq FROM entries WHERE user = ? AND seq <= ? AND proven = 0");
    this.provenOf = new Sql(connection, row + " FROM entries WHERE user = ? AND proven > 0");
    this.provenUntil =
        new Sql(connection, row + " FROM entries WHERE proven > 0 ORDER BY proven LIMIT ?");
    this.oldestOfAll = new Sql(connection, row + " FROM entries ORDER BY id LIMIT ?");
    this.around =
        new Sql(
            connection,
            "SELECT seq, chain_before, chain FROM entries WHERE user = ? AND seq BETWEEN ? AND ?");
    this.firstFrom =
        new Sql(
            connection,
            "SELECT seq, chain_before FROM entries WHERE user = ? AND (proven = 0 OR seq > ?)"
                + " ORDER BY seq LIMIT 1");
    this.behind =
        new Sql(
            connection,
            "SELECT " + COLUMNS + " FROM entries WHERE user = ? AND seq > ? ORDER BY seq");
    this.countBehind =
        new Sql(connection, "SELECT count(*) FROM entries WHERE user = ? AND seq > ?");
    try (Sql last = new Sql(connection, "SELECT max(proven) FROM entries WHERE proven > 0");
        Sql all = new Sql(connection, "SELECT count(*) FROM entries")) {
      this.proofs = last.number();
      this.count = all.number();
    }
  }

  /**
   * What has to be known of an entry to remove it.
   *
   * @param proven 0, or its number among the proofs
   */
  record Stub(
      long id,
      long user,
      long seq,
      long cost,
      long accepted,
      long stored,
      long proven,
      long provenTime,
      String provenBy) {
    static Stub read(ResultSet row) throws SQLException {
      return new Stub(
          row.getLong(1),
          row.getLong(2),
          row.getLong(3),
          row.getLong(4),
          row.getLong(5),
          row.getLong(6),
          row.getLong(7),
          row.getLong(8),
          row.getString(9));
    }
  }

  static Entry read(String userId, ResultSet row) throws SQLException {
    return new Entry(
        userId,
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getString(4),
        row.getString(5),
        row.getBytes(6),
        Instant.ofEpochMilli(row.getLong(7)));
  }

  void insert(User user, Entry entry, long nowMillis) throws SQLException {
    insert.run(
        user.id,
        entry.seq(),
        entry.chainBefore(),
        entry.chain(),
        entry.eventId(),
        entry.event(),
        entry.acceptedAt().toEpochMilli(),
        nowMillis,
        entry.cost(),
        entry.payload());
    user.appended(entry.position(), entry.cost(), nowMillis);
    count++;
  }

  /** A number for what is proven next. */
  long nextProof() {
    return ++proofs;
  }

  /** The last number given. */
  long proofs() {
    return proofs;
  }

  long count() {
    return count;
  }

  /** Marks one entry and keeps it. */
  void keepProven(User user, long seq, long proof, long nowMillis, String pid) throws SQLException {
    Optional<Long> cost = mark.first(row -> row.getLong(1), proof, nowMillis, pid, user.id, seq);
    if (cost.isPresent()) {
      user.counted(-1, -cost.get(), false);
      user.counted(1, cost.get(), true);
    }
  }

  /** Drops one entry that was proven. */
  void dropProven(User user, long seq) throws SQLException {
    Optional<Long> cost = remove.first(row -> row.getLong(1), user.id, seq);
    if (cost.isPresent()) {
      user.counted(-1, -cost.get(), false);
      count--;
    }
  }

  void drop(User user, Stub stub) throws SQLException {
    removeById.run(stub.id());
    user.counted(-1, -stub.cost(), stub.proven() > 0);
    count--;
  }

  List<Stub> oldest(User user, boolean ofProven, int limit) throws SQLException {
    return (ofProven ? oldestProven : oldestUnproven).all(Stub::read, user.id, limit);
  }

  /** Drops proven ones past their own bound, the oldest first. */
  void trimProven(User user, InboxLimits.OfUser limits) throws SQLException {
    while (user.proven() > limits.provenEntries() || user.provenBytes() > limits.provenBytes()) {
      int surplus = Math.max(1, user.proven() - limits.provenEntries());
      for (Stub stub : oldest(user, true, surplus)) {
        drop(user, stub);
      }
    }
  }

  List<Long> unprovenUpTo(User user, long seq) throws SQLException {
    return unprovenUpTo.all(row -> row.getLong(1), user.id, seq);
  }

  List<Stub> provenOf(User user) throws SQLException {
    return provenOf.all(Stub::read, user.id);
  }

  /** Those that were proven first. */
  List<Stub> firstProven(int limit) throws SQLException {
    return provenUntil.all(Stub::read, limit);
  }

  List<Stub> oldestOfAll(int limit) throws SQLException {
    return oldestOfAll.all(Stub::read, limit);
  }

  /** Whether the entry at or after a position says that it is of this history. */
  boolean confirm(User user, Position position) throws SQLException {
    return around
        .all(
            row ->
                row.getLong(1) == position.seq()
                    ? row.getLong(3) == position.chain()
                    : row.getLong(2) == position.chain(),
            user.id,
            position.seq(),
            position.seq() + 1)
        .contains(true);
  }

  /** Just before the first entry that is unproven, or lies behind {@code after}. */
  Optional<Position> beforeFirst(User user, long after) throws SQLException {
    return firstFrom.first(row -> new Position(row.getLong(1) - 1, row.getLong(2)), user.id, after);
  }

  long countBehind(User user, long seq) throws SQLException {
    return countBehind.number(user.id, seq);
  }

  List<Entry> behind(User user, long seq) throws SQLException {
    return behind.all(row -> read(user.name, row), user.id, seq);
  }
}
