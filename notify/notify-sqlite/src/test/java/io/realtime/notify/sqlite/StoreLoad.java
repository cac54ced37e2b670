package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.inbox.Inbox.Entry;
import io.realtime.notify.core.inbox.Inbox.Item;
import io.realtime.notify.core.inbox.Inbox.NewEntry;
import io.realtime.notify.core.inbox.Inbox.Outcome;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.inbox.Proof;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * How many events a second the store takes: lanes append, and each event is proven when it is
 * stored, as connected clients would. Prints; asserts nothing.
 *
 * <pre>
 *   StoreLoad DIRECTORY [seconds=10] [partitions=6] [users=5000] [batch=200] [bytes=300] [rate=0]
 * </pre>
 *
 * <p>{@code rate} is events a second of all lanes, 0 for as many as possible.
 */
final class StoreLoad {
  private final SqliteStore store;
  private final int users;
  private final int batch;
  private final byte[] payload;
  private final double perLane;
  private final long end;
  private final ConcurrentHistogram latency = new ConcurrentHistogram(3);
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong proofs = new AtomicLong();

  private StoreLoad(SqliteStore store, int users, int batch, int bytes, double perLane, long end) {
    this.store = store;
    this.users = users;
    this.batch = batch;
    this.payload = new byte[bytes];
    this.perLane = perLane;
    this.end = end;
  }

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(args[0]), "load");
    int seconds = argument(args, 1, 10);
    int partitions = argument(args, 2, 6);
    int users = argument(args, 3, 5_000);
    int rate = argument(args, 6, 0);
    try (SqliteStore store =
        Stores.open(
            directory, InboxLimits.defaults(), InstantSource.system(), EvictionLog.none())) {
      long start = System.nanoTime();
      for (int i = 0; i < users; i++) {
        var _ = store.connect(Arrival.first("user-" + i, "pid-" + i));
      }
      store.probe().toCompletableFuture().join();
      System.out.printf("%d connects: %d ms%n", users, (System.nanoTime() - start) / 1_000_000);
      StoreLoad load =
          new StoreLoad(
              store,
              users,
              argument(args, 4, 200),
              argument(args, 5, 300),
              (double) rate / partitions,
              System.nanoTime() + seconds * 1_000_000_000L);
      load.run(partitions, seconds);
    } finally {
      delete(directory);
    }
  }

  private static int argument(String[] args, int index, int fallback) {
    return args.length > index ? Integer.parseInt(args[index]) : fallback;
  }

  private void run(int partitions, int seconds) throws InterruptedException {
    long cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
    List<Thread> lanes = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      int number = p;
      lanes.add(Thread.ofVirtual().start(() -> lane(number)));
    }
    for (Thread lane : lanes) {
      lane.join();
    }
    store.probe().toCompletableFuture().join();
    long used = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() - cpu;
    System.out.printf(
        "%,d events in %d s: %,d/s, %,d proofs, %.1f us CPU per event, %s%n",
        events.get(),
        seconds,
        events.get() / seconds,
        proofs.get(),
        used * 1000.0 / events.get(),
        store.sizes());
    System.out.printf(
        "append to durable, ms: p50 %.2f, p95 %.2f, p99 %.2f, max %.2f%n",
        latency.getValueAtPercentile(50) / 1e6,
        latency.getValueAtPercentile(95) / 1e6,
        latency.getValueAtPercentile(99) / 1e6,
        latency.getMaxValue() / 1e6);
  }

  private void lane(int partition) {
    Random random = new Random(partition);
    PartitionKey key = new PartitionKey("order.created", "id", partition);
    long offset = 0;
    long begun = System.nanoTime();
    while (System.nanoTime() < end) {
      List<Item> items = new ArrayList<>(batch);
      for (int i = 0; i < batch; i++) {
        items.add(item(random, partition, offset++));
      }
      long start = System.nanoTime();
      List<Outcome> outcomes = store.append(key, items).toCompletableFuture().join();
      latency.recordValue(System.nanoTime() - start);
      events.addAndGet(outcomes.size());
      for (Outcome outcome : outcomes) {
        if (outcome instanceof Outcome.Stored(List<Entry> entries)) {
          entries.forEach(this::prove);
        }
      }
      pace(begun, offset);
    }
  }

  private void pace(long begun, long sent) {
    if (perLane > 0) {
      long due = begun + (long) (sent / perLane * 1e9);
      java.util.concurrent.locks.LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  private Item item(Random random, int partition, long offset) {
    return new Item(
        new Watermark(offset, 0, 0),
        Optional.empty(),
        List.of(
            new NewEntry(
                "user-" + random.nextInt(users),
                "order.created:" + partition + ":" + offset,
                "order:created",
                payload,
                Instant.now())));
  }

  private void prove(Entry entry) {
    String pid = "pid-" + entry.userId().substring("user-".length());
    var _ =
        store
            .markProven(entry.userId(), Proof.of(pid, List.of(entry.seq())))
            .thenRun(proofs::incrementAndGet);
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
