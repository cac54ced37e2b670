package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.ingest.Watermarks;
import io.realtime.notify.core.testing.GapContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteGapTest extends GapContract {
  @TempDir Path folder = Path.of("");
  private @Nullable SqliteStore store;

  private SqliteStore store() {
    return java.util.Objects.requireNonNull(store);
  }

  @BeforeEach
  void open() {
    store = Stores.open(folder, LIMITS, clock, evictions());
  }

  @AfterEach
  void close() {
    store().close();
  }

  @Override
  protected Inbox inbox() {
    return store();
  }

  @Override
  protected Watermarks watermarks() {
    return store();
  }

  @Override
  protected void restart() {
    close();
    open();
  }
}
