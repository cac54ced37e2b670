package io.realtime.notify.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.SQLiteErrorCode;

/**
 * The file and how it is opened.
 *
 * @param maxPages SQLite's {@code max_page_count}; 0 for none
 */
record Database(Path file, long maxPages) {
  /** Pages of the log before it is copied into the file. */
  private static final int CHECKPOINT_PAGES = 4_000;

  private static final int LOG_BYTES_KEPT = 64 << 20;

  /**
   * Makes the file when it is missing, and brings it to the present schema.
   *
   * @throws StoreFileException when it cannot be used
   */
  void prepare() {
    try {
      create();
      try (Connection connection = writer()) {
        Schema.migrate(connection, file);
      }
    } catch (IOException | SQLException e) {
      throw unusable(e);
    }
  }

  private void create() throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] owner =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      Files.createFile(file, owner);
    } catch (FileAlreadyExistsException e) {
      // From the last time.
    }
  }

  StoreFileException unusable(Exception failure) {
    if (failure instanceof SQLException sql) {
      SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(sql.getErrorCode() & 0xff);
      if (code == SQLiteErrorCode.SQLITE_NOTADB || code == SQLiteErrorCode.SQLITE_CORRUPT) {
        return new StoreFileException(
            "DATA_DIR: "
                + file
                + " is damaged (expected: a database of this service; bring it back from a backup,"
                + " or move it and its -wal file away to start with empty inboxes: what was not"
                + " delivered yet is lost then)",
            failure);
      }
    }
    return new StoreFileException(
        "DATA_DIR: "
            + file
            + " cannot be used: "
            + Failures.reason(failure)
            + " (expected: a file that this user may write to, on a local disk with free space)",
        failure);
  }

  /** For the writer: every commit is on the disk when it returns. */
  Connection writer() throws SQLException {
    Connection connection = open();
    try (Statement statement = connection.createStatement()) {
      // Takes effect only on a file without tables.
      statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
      statement.execute("PRAGMA journal_size_limit = " + LOG_BYTES_KEPT);
      statement.execute("PRAGMA cache_size = -32000");
      if (maxPages > 0) {
        statement.execute("PRAGMA max_page_count = " + maxPages);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** For a reader: it cannot write. */
  Connection reader() throws SQLException {
    Connection connection = open();
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = ON");
      statement.execute("PRAGMA cache_size = -8000");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private Connection open() throws SQLException {
    Properties properties = new Properties();
    // Else the driver prepares and runs a query for the row's id behind every INSERT.
    properties.setProperty("jdbc.get_generated_keys", "false");
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 500");
      statement.execute("PRAGMA temp_store = MEMORY");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Bytes on the disk, the log included. */
  long bytes() {
    return length(file) + length(file.resolveSibling(file.getFileName() + "-wal"));
  }

  private static long length(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      return 0;
    }
  }
}
