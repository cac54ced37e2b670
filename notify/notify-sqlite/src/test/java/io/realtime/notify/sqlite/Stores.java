package io.realtime.notify.sqlite;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.inbox.InboxLimits;
import java.nio.file.Path;
import java.time.InstantSource;

/** Stores for tests. */
final class Stores {
  private Stores() {}

  static SqliteStore open(
      Path directory, InboxLimits limits, InstantSource clock, EvictionLog evictions) {
    return SqliteStore.open(
        new SqliteStore.Options(directory.resolve(SqliteStore.FILE), limits, 0),
        clock,
        evictions,
        new SimpleMeterRegistry());
  }
}
