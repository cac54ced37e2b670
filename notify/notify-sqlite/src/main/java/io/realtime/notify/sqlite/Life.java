package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.InboxLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;

/**
 * One process's hold on the file: sessions of earlier ones that have no end count from its start.
 * Begun by who opens the store, then of the writer's thread.
 */
final class Life {
  private final Database database;
  private final InboxLimits limits;
  private final InstantSource clock;
  private final long startedMillis;
  private long number;

  Life(Database database, InboxLimits limits, InstantSource clock, long startedMillis) {
    this.database = database;
    this.limits = limits;
    this.clock = clock;
    this.startedMillis = startedMillis;
  }

  /**
   * @throws StoreFileException when the file cannot be used
   */
  void begin() {
    try (Connection connection = database.writer()) {
      Meta meta = new Meta(connection);
      meta.nextLife();
      number = meta.life();
    } catch (SQLException e) {
      throw database.unusable(e);
    }
  }

  WriteSession session() throws SQLException {
    Connection connection = database.writer();
    try {
      return new WriteSession(connection, limits, clock, number, startedMillis);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }
}
