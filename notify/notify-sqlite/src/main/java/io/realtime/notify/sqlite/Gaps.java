package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.Gap;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was evicted and not told yet: one row per user and reason. Writer's thread. */
final class Gaps {
  static final String COLUMNS = "reason, from_seq, until_seq, evicted, since, until";

  private final Sql all;
  private final Sql one;
  private final Sql put;
  private final Sql delete;
  private final Sql forget;

  Gaps(Connection connection) throws SQLException {
    String select = "SELECT " + COLUMNS + " FROM gaps WHERE user = ?";
    this.all = new Sql(connection, select + " AND until_seq <= ?");
    this.one = new Sql(connection, select + " AND reason = ?");
    this.put =
        new Sql(
            connection,
            "INSERT OR REPLACE INTO gaps (user, " + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)");
    this.delete = new Sql(connection, "DELETE FROM gaps WHERE user = ? AND reason = ?");
    this.forget = new Sql(connection, "DELETE FROM gaps WHERE user = ?");
  }

  static Gap read(ResultSet row) throws SQLException {
    return new Gap(
        Gap.Reason.valueOf(row.getString(1)),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        Instant.ofEpochMilli(row.getLong(5)),
        Instant.ofEpochMilli(row.getLong(6)));
  }

  /** Those that end at or before {@code seq}. */
  List<Gap> upTo(User user, long seq) throws SQLException {
    return all.all(Gaps::read, user.id, seq);
  }

  void add(User user, Gap gap) throws SQLException {
    Optional<Gap> known = one.first(Gaps::read, user.id, gap.reason().name());
    write(user, known.map(before -> before.merge(gap)).orElse(gap));
  }

  void told(User user, Gap told) throws SQLException {
    Optional<Gap> known = one.first(Gaps::read, user.id, told.reason().name());
    if (known.isEmpty()) {
      return;
    }
    Gap left = known.get().minus(told);
    if (left.evicted() <= 0) {
      delete.run(user.id, told.reason().name());
    } else {
      write(user, left);
    }
  }

  private void write(User user, Gap gap) throws SQLException {
    put.run(
        user.id,
        gap.reason().name(),
        gap.fromSeq(),
        gap.untilSeq(),
        gap.evicted(),
        gap.since().toEpochMilli(),
        gap.until().toEpochMilli());
  }

  void forget(long userId) throws SQLException {
    forget.run(userId);
  }
}
