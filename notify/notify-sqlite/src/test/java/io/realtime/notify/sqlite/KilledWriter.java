package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.inbox.Inbox.Item;
import io.realtime.notify.core.inbox.Inbox.NewEntry;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process that appends until it is killed, and says on its output what was acknowledged: one line
 * {@code partition offset} for each.
 */
final class KilledWriter {
  static final int PARTITIONS = 4;
  static final int USERS = 7;

  private KilledWriter() {}

  static PartitionKey partition(int number) {
    return new PartitionKey("order.created", "id", number);
  }

  /**
   * @param args the directory of the store
   */
  public static void main(String[] args) {
    SqliteStore store =
        Stores.open(Path.of(args[0]), KillTest.LIMITS, InstantSource.system(), EvictionLog.none());
    Map<PartitionKey, Watermark> marks = store.all().toCompletableFuture().join();
    for (int p = 0; p < PARTITIONS; p++) {
      Watermark mark = marks.get(partition(p));
      long next = mark == null ? 0 : mark.offset() + 1;
      int number = p;
      Thread.ofPlatform().start(() -> append(store, number, next));
    }
  }

  private static void append(SqliteStore store, int partition, long first) {
    PrintStream out = System.out;
    for (long offset = first; ; ) {
      List<Item> items = new ArrayList<>();
      for (int i = 0; i <= offset % 5; i++) {
        items.add(item(partition, offset + i));
      }
      offset += items.size();
      store.append(partition(partition), items).toCompletableFuture().join();
      out.println(partition + " " + (offset - 1));
      out.flush();
    }
  }

  private static Item item(int partition, long offset) {
    String id = partition + ":" + offset;
    return new Item(
        new Watermark(offset, 0, 0),
        Optional.empty(),
        List.of(
            new NewEntry(
                "user" + offset % USERS,
                id,
                "order:created",
                ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH)));
  }
}
