package io.realtime.notify.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Keys of records that count only once, for a day, the oldest first. Writer's thread. */
final class OnceKeys {
  /** Rows that one purge drops. */
  private static final int SLICE = 5_000;

  private final Sql used;
  private final Sql insert;
  private final Sql delete;
  private final Sql deleteOldest;
  private final Sql expire;
  private final int bound;
  private final long lifeMillis;
  private long count;

  OnceKeys(Connection connection, int bound, long lifeMillis) throws SQLException {
    this.bound = bound;
    this.lifeMillis = lifeMillis;
    this.used = new Sql(connection, "SELECT used FROM once_keys WHERE name = ?");
    this.insert = new Sql(connection, "INSERT INTO once_keys (name, used) VALUES (?, ?)");
    this.delete = new Sql(connection, "DELETE FROM once_keys WHERE name = ?");
    this.deleteOldest =
        new Sql(connection, "DELETE FROM once_keys WHERE id = (SELECT min(id) FROM once_keys)");
    this.expire =
        new Sql(
            connection,
            "DELETE FROM once_keys WHERE id IN (SELECT id FROM once_keys ORDER BY id LIMIT ?)"
                + " AND used <= ?");
    try (Sql all = new Sql(connection, "SELECT count(*) FROM once_keys")) {
      this.count = all.number();
    }
  }

  /** Whether the key was used in the last day; from now on it was. */
  boolean seen(String key, long nowMillis) throws SQLException {
    Optional<Long> before = used.first(row -> row.getLong(1), key);
    if (before.isPresent() && nowMillis - before.get() < lifeMillis) {
      return true;
    }
    if (before.isPresent()) {
      count -= delete.run(key);
    }
    insert.run(key, nowMillis);
    count++;
    if (count > bound) {
      count -= deleteOldest.run();
    }
    return false;
  }

  void purge(long nowMillis) throws SQLException {
    count -= expire.run(SLICE, nowMillis - lifeMillis);
  }
}
