package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.ingest.IdempotencyKeys;
import io.realtime.notify.core.testing.IdempotencyKeysContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteIdempotencyTest extends IdempotencyKeysContract {
  @TempDir Path folder = Path.of("");
  private final List<SqliteStore> open = new ArrayList<>();

  @Override
  protected IdempotencyKeys store(int bound) {
    SqliteStore store =
        Stores.open(
            folder,
            InboxLimits.defaults().with(new InboxLimits.OfStore(100, 1L << 30, 100, bound)),
            clock,
            EvictionLog.none());
    open.add(store);
    return store;
  }

  @AfterEach
  void close() {
    open.forEach(SqliteStore::close);
  }
}
