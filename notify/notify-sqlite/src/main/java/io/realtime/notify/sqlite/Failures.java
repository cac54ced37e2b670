package io.realtime.notify.sqlite;

import io.realtime.notify.core.ingest.StoreUnavailableException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Tells a store that cannot answer now from a call that can never be taken. */
final class Failures {
  private static final int PRIMARY = 0xff;

  private Failures() {}

  /** Whether other calls would fail as well. */
  static boolean isUnavailable(Throwable failure) {
    if (failure instanceof StoreUnavailableException) {
      return true;
    }
    if (!(failure instanceof SQLException sql)) {
      return false;
    }
    // Without a code it is the driver's own word: a closed connection, for example.
    if (sql.getErrorCode() == 0) {
      return true;
    }
    return switch (SQLiteErrorCode.getErrorCode(sql.getErrorCode() & PRIMARY)) {
      case SQLITE_FULL,
          SQLITE_IOERR,
          SQLITE_BUSY,
          SQLITE_LOCKED,
          SQLITE_READONLY,
          SQLITE_CANTOPEN,
          SQLITE_NOMEM,
          SQLITE_PROTOCOL,
          SQLITE_PERM,
          SQLITE_AUTH,
          SQLITE_INTERRUPT,
          SQLITE_NOLFS,
          SQLITE_CORRUPT,
          SQLITE_NOTADB ->
          true;
      default -> false;
    };
  }

  /** What a caller gets. */
  static RuntimeException toCaller(Throwable failure) {
    if (isUnavailable(failure)) {
      return failure instanceof StoreUnavailableException already
          ? already
          : new StoreUnavailableException("store: " + reason(failure), failure);
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalArgumentException("store: not taken: " + reason(failure), failure);
  }

  /** One line without payloads. */
  static String reason(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return message.lines().findFirst().orElse(failure.getClass().getSimpleName());
  }
}
