package io.realtime.notify.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.realtime.notify.core.inbox.Backlog;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Item;
import io.realtime.notify.core.inbox.Inbox.NewEntry;
import io.realtime.notify.core.inbox.Inbox.Outcome;
import io.realtime.notify.core.inbox.Inbox.PageRequest;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.StoreUnavailableException;
import io.realtime.notify.core.ingest.Watermark;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is the store's fault and what is a call's; nothing of a failed call remains. */
class FaultTest {
  private static final InboxLimits LARGE =
      InboxLimits.defaults()
          .with(new InboxLimits.OfUser(100_000, 1L << 40, 1_000, 1L << 20, 32, 100));

  @TempDir Path folder = Path.of("");
  private final List<String> evicted = new CopyOnWriteArrayList<>();

  private SqliteStore open(InboxLimits limits, long maxPages) {
    return SqliteStore.open(
        new SqliteStore.Options(folder.resolve(SqliteStore.FILE), limits, maxPages),
        InstantSource.system(),
        (user, gap) -> evicted.add(user + " " + gap.reason()),
        new SimpleMeterRegistry());
  }

  private static PartitionKey partition(int number) {
    return new PartitionKey("order.created", "id", number);
  }

  private static CompletableFuture<List<Outcome>> append(
      SqliteStore store, int partition, long offset, NewEntry... entries) {
    return store
        .append(
            partition(partition),
            List.of(new Item(new Watermark(offset, 0, 0), Optional.empty(), List.of(entries))))
        .toCompletableFuture();
  }

  private static NewEntry entry(String user, String id, int bytes) {
    return new NewEntry(user, id, "order:created", new byte[bytes], Instant.EPOCH);
  }

  @SuppressWarnings("NullAway") // What a bug in a caller would do.
  private static NewEntry bad(String user) {
    return new NewEntry(user, null, "order:created", new byte[1], Instant.EPOCH);
  }

  private static List<String> stored(SqliteStore store, String user) {
    return store
        .page(user, new PageRequest(0, 100_000, 1L << 40, Backlog.everything()))
        .toCompletableFuture()
        .join()
        .entries()
        .stream()
        .map(Entry::eventId)
        .toList();
  }

  @Test
  void badRecordAmongGoodOnes_failsAlone() {
    try (SqliteStore store = open(LARGE, 0)) {
      List<CompletableFuture<List<Outcome>>> good = new ArrayList<>();
      List<CompletableFuture<List<Outcome>>> bad = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        good.add(append(store, i, 0, entry("u", "e" + i, 10)));
        if (i % 20 == 0) {
          bad.add(append(store, 1_000 + i, 0, entry("u", "never" + i, 10), bad("u")));
        }
      }

      good.forEach(CompletableFuture::join);
      for (CompletableFuture<List<Outcome>> call : bad) {
        assertThat(call.handle((done, failure) -> failure).join())
            .isNotNull()
            .isNotInstanceOf(StoreUnavailableException.class);
      }
      assertThat(stored(store, "u")).hasSize(200).doesNotContain("never0");
      assertThat(store.all().toCompletableFuture().join())
          .hasSize(200)
          .containsKey(partition(0))
          .doesNotContainKey(partition(1_000));
    }
  }

  @Test
  void fullFile_isUnavailableKeepsWhatItHasAndTakesMoreWhenThereIsRoom() {
    long acknowledged = 0;
    try (SqliteStore store = open(LARGE, 200)) {
      Optional<Throwable> failure = Optional.empty();
      while (failure.isEmpty()) {
        CompletableFuture<List<Outcome>> call =
            append(store, 0, acknowledged, entry("u", "e" + acknowledged, 10_000));
        failure = call.handle((done, thrown) -> Optional.ofNullable(thrown)).join();
        acknowledged += failure.isEmpty() ? 1 : 0;
      }

      assertThat(failure.get()).isInstanceOf(StoreUnavailableException.class);
      assertThat(stored(store, "u")).hasSize((int) acknowledged);
      assertThat(store.all().toCompletableFuture().join())
          .isEqualTo(Map.of(partition(0), new Watermark(acknowledged - 1, 0, 0)));
      assertThat(append(store, 0, acknowledged, entry("u", "again", 10_000)))
          .failsWithin(java.time.Duration.ofSeconds(10));
    }

    try (SqliteStore store = open(LARGE, 0)) {
      assertThat(append(store, 0, acknowledged, entry("u", "more", 10_000)).join().getFirst())
          .isInstanceOf(Outcome.Stored.class);
      assertThat(stored(store, "u")).hasSize((int) acknowledged + 1).endsWith("more");
    }
  }

  @Test
  void lockedFile_isUnavailableAndComesBackByItself() throws SQLException {
    try (SqliteStore store = open(LARGE, 0);
        Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(SqliteStore.FILE));
        Statement statement = other.createStatement()) {
      append(store, 0, 0, entry("u", "a", 10)).join();
      statement.execute("BEGIN IMMEDIATE");
      CompletableFuture<List<Outcome>> refused = append(store, 0, 1, entry("u", "b", 10));
      assertThat(refused.handle((done, failure) -> failure).join())
          .isInstanceOf(StoreUnavailableException.class);
      assertThat(stored(store, "u")).as("can still be read").containsExactly("a");
      statement.execute("ROLLBACK");

      append(store, 0, 1, entry("u", "b", 10)).join();

      assertThat(stored(store, "u")).containsExactly("a", "b");
    }
  }

  @Test
  void storeAtItsBoundAndOneEntryPastIt_onlyTheOldestGo() {
    InboxLimits bounded = LARGE.with(new InboxLimits.OfStore(100, 8L << 20, 10, 10));
    try (SqliteStore store = open(bounded, 0)) {
      long offset = 0;
      while (evicted.isEmpty()) {
        append(store, 0, offset, entry("u", "e" + offset, 100_000)).join();
        offset++;
      }

      assertThat(evicted).containsExactly("u STORE");
      assertThat(stored(store, "u"))
          .as("of about 80, the newest that fit into the bound")
          .hasSizeGreaterThan((int) offset - 40)
          .endsWith("e" + (offset - 1));
    }
  }

  @Test
  void storePastItsBound_theOldestOfAllGoAndFreePagesAreUsedAgain() {
    InboxLimits bounded = LARGE.with(new InboxLimits.OfStore(100, 8L << 20, 10, 10));
    try (SqliteStore store = open(bounded, 0)) {
      long offset = 0;
      for (int i = 0; i < 3_000; i++) {
        var _ = append(store, 0, offset++, entry("old" + i % 50, "e" + i, 5_000));
      }
      for (int i = 0; i < 3_000; i++) {
        var _ = append(store, 0, offset++, entry("new" + i % 50, "e" + i, 5_000));
      }
      append(store, 0, offset, entry("last", "e", 10)).join();

      assertThat(stored(store, "last")).containsExactly("e");
      assertThat(stored(store, "new49")).isNotEmpty();
      assertThat(evicted).contains("old0 STORE");
      assertThat(store.sizes().entries()).isLessThan(3_000);
      assertThat(store.sizes().fileBytes()).isLessThan(100L << 20);
    }
  }

  @Test
  void emptiedStore_purged_givesPagesBack() {
    try (SqliteStore store = open(LARGE, 0)) {
      for (int i = 0; i < 200; i++) {
        var _ = append(store, 0, i, entry("u", "e" + i, 200_000));
      }
      List<Long> all = java.util.stream.LongStream.rangeClosed(1, 200).boxed().toList();
      store
          .markProven(
              "u", new io.realtime.notify.core.inbox.Proof(Optional.empty(), all, List.of()))
          .toCompletableFuture()
          .join();
      for (int i = 0; i < 20; i++) {
        store.purge().toCompletableFuture().join();
      }
    }

    assertThat(folder.resolve(SqliteStore.FILE).toFile().length()).isLessThan(25L << 20);
  }
}
