package io.realtime.notify.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realtime.notify.core.fakes.FakeClock;
import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Backlog;
import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Page;
import io.realtime.notify.core.inbox.Inbox.PageRequest;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file at start: new, older, newer, foreign, damaged. */
class FileTest {
  @TempDir Path folder = Path.of("");
  private final FakeClock clock = new FakeClock();

  private Path file() {
    return folder.resolve(SqliteStore.FILE);
  }

  private SqliteStore open() {
    return Stores.open(folder, InboxLimits.defaults(), clock, EvictionLog.none());
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  @Test
  void newFile_opened_isReadableByItsOwnerOnlyAndSurvivesALoss() throws IOException {
    open().close();

    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(folder.resolve(SqliteStore.FILE + "-wal")).doesNotExist();
  }

  @Test
  void olderSchema_opened_isMigratedWithWhatItHolds() throws SQLException {
    for (String statement : Schema.STEPS.getFirst()) {
      sql(statement);
    }
    sql(
        "PRAGMA application_id = " + Schema.APPLICATION_ID,
        "PRAGMA user_version = 1",
        "INSERT INTO users (name, seq, chain, stored) VALUES ('u', 7, 99, 1)",
        "INSERT INTO entries (user, seq, chain_before, chain, event_id, event, accepted, stored,"
            + " cost, payload) VALUES (1, 7, 98, 99, 'e', 'order:created', 5, "
            + clock.millis()
            + ", 150, x'7b7d')",
        "INSERT INTO watermarks VALUES ('order.created', 'id', 0, 41, 3, 0)");

    try (SqliteStore store = open()) {
      Page page = now(store.page("u", new PageRequest(0, 10, 1000, Backlog.everything())));
      assertThat(page.entries()).extracting(Entry::eventId).containsExactly("e");
      assertThat(now(store.all()))
          .containsEntry(new PartitionKey("order.created", "id", 0), new Watermark(41, 3, 0));
      assertThat(now(store.connect(Arrival.first("u", "p"))).head().seq()).isEqualTo(7);
    }
    open().close();
  }

  @Test
  void migrationThatFails_leavesTheOldSchema() throws SQLException {
    for (String statement : Schema.STEPS.getFirst()) {
      sql(statement);
    }
    sql(
        "PRAGMA application_id = " + Schema.APPLICATION_ID,
        "PRAGMA user_version = 1",
        "CREATE TABLE gaps (in_the_way)");
    assertThatThrownBy(this::open).isInstanceOf(StoreFileException.class);

    sql("DROP TABLE gaps");

    open().close();
  }

  @Test
  void newerSchema_opened_isRefusedAndSaysWhatToDo() throws SQLException {
    open().close();
    sql("PRAGMA user_version = " + (Schema.VERSION + 1));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreFileException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("has schema " + (Schema.VERSION + 1))
        .hasMessageContaining("start the version of this service that wrote it");
  }

  @Test
  void databaseOfAnotherProgram_opened_isRefusedAndLeftAlone() throws SQLException, IOException {
    sql("CREATE TABLE customers (name)");
    byte[] before = Files.readAllBytes(file());

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreFileException.class)
        .hasMessageContaining("another program");
    sql("SELECT name FROM customers");
    assertThat(before).isNotEmpty();
  }

  @Test
  void damagedFile_opened_isRefusedAndSaysWhatToDo() throws IOException {
    Files.write(
        file(),
        "this is not a database, but it is long enough to be one"
            .repeat(100)
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreFileException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("is damaged")
        .hasMessageContaining("backup");
  }

  @Test
  void directoryInItsPlace_opened_isRefused() throws IOException {
    Files.createDirectory(file());

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreFileException.class)
        .hasMessageContaining("cannot be used");
  }

  @Test
  void closedStore_called_isUnavailable() {
    SqliteStore store = open();
    store.close();

    assertThat(store.probe().toCompletableFuture())
        .failsWithin(java.time.Duration.ofSeconds(1))
        .withThrowableThat()
        .withMessageContaining("closed");
    assertThat(store.position("u").toCompletableFuture())
        .failsWithin(java.time.Duration.ofSeconds(1));
  }
}
