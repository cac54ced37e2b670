package io.realtime.notify.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/** How large the file is, and giving back what it does not need. Writer's thread. */
final class Pages {
  /** Below it free pages are kept for what comes next. */
  private static final long MIN_FREE_BYTES = 16L << 20;

  /** Pages given back at once: what a transaction may take longer for it. */
  private static final int SLICE = 1_000;

  private final Connection connection;
  private final Sql count;
  private final Sql free;
  private final long pageBytes;

  Pages(Connection connection) throws SQLException {
    this.connection = connection;
    this.count = new Sql(connection, "PRAGMA page_count");
    this.free = new Sql(connection, "PRAGMA freelist_count");
    try (Sql size = new Sql(connection, "PRAGMA page_size")) {
      this.pageBytes = size.number();
    }
  }

  /** Bytes that hold something. */
  long usedBytes() throws SQLException {
    return (count.number() - free.number()) * pageBytes;
  }

  /** Gives some free pages back to the file system when more than a quarter are free. */
  void shrink() throws SQLException {
    long unused = free.number();
    if (unused * pageBytes > MIN_FREE_BYTES && unused * 4 > count.number()) {
      try (var statement = connection.createStatement()) {
        statement.executeUpdate("PRAGMA incremental_vacuum(" + SLICE + ")");
      }
    }
  }
}
