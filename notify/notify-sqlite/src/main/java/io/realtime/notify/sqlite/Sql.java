package io.realtime.notify.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One prepared statement of one connection, used again and again by the thread that owns the
 * connection. Arguments are longs, texts, bytes, and {@link Optional} of a long for a null.
 */
final class Sql implements AutoCloseable {
  private final PreparedStatement statement;

  Sql(Connection connection, String text) throws SQLException {
    this.statement = connection.prepareStatement(text);
  }

  /** Makes a value of the current row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Changes something; how many rows. */
  int run(Object... arguments) throws SQLException {
    bind(arguments);
    return statement.executeUpdate();
  }

  /** All rows. */
  <T> List<T> all(Row<T> row, Object... arguments) throws SQLException {
    bind(arguments);
    try (ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(row.read(rows));
      }
      return found;
    }
  }

  /** The first row. */
  <T> Optional<T> first(Row<T> row, Object... arguments) throws SQLException {
    bind(arguments);
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
    }
  }

  /** The number in the only row. */
  long number(Object... arguments) throws SQLException {
    return first(row -> row.getLong(1), arguments).orElse(0L);
  }

  /** Rows until {@code row} says false. */
  void each(Row<Boolean> row, Object... arguments) throws SQLException {
    bind(arguments);
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next() && row.read(rows)) {
        // The row has taken what it needs.
      }
    }
  }

  private void bind(Object... arguments) throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case Long number -> statement.setLong(i + 1, number);
        case Integer number -> statement.setLong(i + 1, number);
        case String text -> statement.setString(i + 1, text);
        case byte[] bytes -> statement.setBytes(i + 1, bytes);
        case Optional<?> none when none.isEmpty() ->
            statement.setNull(i + 1, java.sql.Types.INTEGER);
        case Optional<?> some -> statement.setLong(i + 1, (Long) some.orElseThrow());
        default ->
            throw new IllegalArgumentException(
                "argument: " + arguments[i].getClass() + " (expected: number, text or bytes)");
      }
    }
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
