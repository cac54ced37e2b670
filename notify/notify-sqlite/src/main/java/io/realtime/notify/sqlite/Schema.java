package io.realtime.notify.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What the file holds. {@code PRAGMA user_version} says how many of the {@link #STEPS} it has seen;
 * the rest is applied in one transaction when it is opened. A step that was released is never
 * changed.
 */
final class Schema {
  /** {@code PRAGMA application_id} of our files: "RTnb". */
  static final int APPLICATION_ID = 0x52546e62;

  /** From nothing to the present, one list of statements for each version. */
  static final List<List<String>> STEPS = List.of(inboxes(), sessions());

  static final int VERSION = STEPS.size();

  private Schema() {}

  /**
   * Version 1. Entries are in the order of their arrival, so the oldest is found without an index
   * and what is new is written side by side.
   */
  private static List<String> inboxes() {
    return List.of(
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE TABLE watermarks (topic TEXT NOT NULL, topic_id TEXT NOT NULL,"
            + " part INTEGER NOT NULL, pos INTEGER NOT NULL, epoch INTEGER NOT NULL,"
            + " generation INTEGER NOT NULL, PRIMARY KEY (topic, topic_id, part)) WITHOUT ROWID",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
            + " seq INTEGER NOT NULL, chain INTEGER NOT NULL, stored INTEGER NOT NULL)",
        "CREATE INDEX users_stored ON users (stored)",
        "CREATE TABLE entries (id INTEGER PRIMARY KEY, user INTEGER NOT NULL,"
            + " seq INTEGER NOT NULL, chain_before INTEGER NOT NULL, chain INTEGER NOT NULL,"
            + " event_id TEXT NOT NULL, event TEXT NOT NULL, accepted INTEGER NOT NULL,"
            + " stored INTEGER NOT NULL, cost INTEGER NOT NULL, proven INTEGER NOT NULL DEFAULT 0,"
            + " proven_time INTEGER NOT NULL DEFAULT 0, proven_by TEXT NOT NULL DEFAULT '',"
            + " payload BLOB NOT NULL)",
        "CREATE UNIQUE INDEX entries_user ON entries (user, seq)",
        "CREATE INDEX entries_proven ON entries (proven) WHERE proven > 0",
        "CREATE TABLE once_keys (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
            + " used INTEGER NOT NULL)");
  }

  /** Version 2: sessions that can come back, gaps, idempotency keys. */
  private static List<String> sessions() {
    return List.of(
        "CREATE TABLE pids (pid TEXT PRIMARY KEY, user INTEGER NOT NULL, life INTEGER NOT NULL,"
            + " opened INTEGER NOT NULL, last_alive INTEGER, recoverable INTEGER NOT NULL,"
            + " rooms TEXT NOT NULL) WITHOUT ROWID",
        "CREATE INDEX pids_user ON pids (user)",
        "CREATE INDEX pids_ended ON pids (last_alive) WHERE last_alive IS NOT NULL",
        "CREATE TABLE gaps (user INTEGER NOT NULL, reason TEXT NOT NULL, from_seq INTEGER NOT NULL,"
            + " until_seq INTEGER NOT NULL, evicted INTEGER NOT NULL, since INTEGER NOT NULL,"
            + " until INTEGER NOT NULL, PRIMARY KEY (user, reason)) WITHOUT ROWID",
        "CREATE TABLE idempotency (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
            + " body TEXT NOT NULL, used INTEGER NOT NULL, answer TEXT)");
  }

  /**
   * Brings the file to the present version.
   *
   * @throws StoreFileException when it is not ours, or newer
   */
  static void migrate(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try {
        int version = check(statement, file);
        for (List<String> step : STEPS.subList(version, VERSION)) {
          for (String sql : step) {
            statement.execute(sql);
          }
        }
        statement.execute("PRAGMA application_id = " + APPLICATION_ID);
        statement.execute("PRAGMA user_version = " + VERSION);
        statement.execute("COMMIT");
      } catch (SQLException | RuntimeException e) {
        statement.execute("ROLLBACK");
        throw e;
      }
    }
  }

  private static int check(Statement statement, Path file) throws SQLException {
    int version = number(statement, "PRAGMA user_version");
    int tables = number(statement, "SELECT count(*) FROM sqlite_schema");
    if (tables > 0 && number(statement, "PRAGMA application_id") != APPLICATION_ID) {
      throw new StoreFileException(
          "DATA_DIR: "
              + file
              + " is a database of another program (expected: one of this service; choose another"
              + " DATA_DIR, or move the file away)");
    }
    if (version > VERSION) {
      throw new StoreFileException(
          "DATA_DIR: "
              + file
              + " has schema "
              + version
              + " (expected: at most "
              + VERSION
              + "; start the version of this service that wrote it, or a newer one)");
    }
    return version;
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
