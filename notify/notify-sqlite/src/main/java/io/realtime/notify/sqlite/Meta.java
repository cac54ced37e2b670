package io.realtime.notify.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Single numbers of the store. Writer's thread. */
final class Meta {
  private static final String FLOOR = "floor";
  private static final String FIRST_START = "first_start";
  private static final String LIFE = "life";

  private final Sql get;
  private final Sql put;
  private long floor;

  Meta(Connection connection) throws SQLException {
    this.get = new Sql(connection, "SELECT value FROM meta WHERE name = ?");
    this.put = new Sql(connection, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)");
    this.floor = get.number(FLOOR);
  }

  /** The highest {@code seq} of a user who was forgotten: new users begin behind it. */
  long floor() {
    return floor;
  }

  void floor(long seq) throws SQLException {
    put.run(FLOOR, seq);
    floor = seq;
  }

  Optional<Long> firstStart() throws SQLException {
    return get.first(row -> row.getLong(1), FIRST_START);
  }

  void firstStart(long millis) throws SQLException {
    put.run(FIRST_START, millis);
  }

  /** How many processes have opened the file; this one included after {@link #nextLife}. */
  long life() throws SQLException {
    return get.number(LIFE);
  }

  void nextLife() throws SQLException {
    put.run(LIFE, life() + 1);
  }

  /** A write of no meaning. */
  void probe(long millis) throws SQLException {
    put.run("probe", millis);
  }
}
