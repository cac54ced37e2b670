package io.realtime.notify.sqlite;

import io.micrometer.core.instrument.MeterRegistry;
import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Departure;
import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Proof;
import io.realtime.notify.core.inbox.SessionNote;
import io.realtime.notify.core.inbox.Welcome;
import io.realtime.notify.core.ingest.IdempotencyKeys;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.core.ingest.Watermarks;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The durable store of one node: what has completed is on the disk ({@code synchronous=FULL}). The
 * file belongs to one process; who opens it holds the lock of the data directory. Any thread.
 */
public final class SqliteStore implements Inbox, Watermarks, IdempotencyKeys, AutoCloseable {
  /** The file's name in the data directory. */
  public static final String FILE = "inbox.db";

  private final Database database;
  private final Writer writer;
  private final Readers readers;
  private final StoreMeters meters;

  private SqliteStore(Database database, Writer writer, Readers readers, StoreMeters meters) {
    this.database = database;
    this.writer = writer;
    this.readers = readers;
    this.meters = meters;
  }

  /**
   * How to open it.
   *
   * @param file made when it is missing; its directory must be there
   * @param maxPages beyond which SQLite refuses to grow the file, in pages of 4 KiB; 0 for none
   */
  public record Options(Path file, InboxLimits limits, long maxPages) {
    public static Options in(Path directory) {
      return new Options(directory.resolve(FILE), InboxLimits.defaults(), 0);
    }
  }

  /** How much there is, as of the last transaction. */
  public record Sizes(long users, long entries, long fileBytes) {}

  /**
   * Opens it, after any kind of end of the process before.
   *
   * @throws StoreFileException when the file cannot be used; the message says what to do
   */
  public static SqliteStore open(
      Options options, InstantSource clock, EvictionLog evictions, MeterRegistry registry) {
    NativeLibrary.prepare(options.file());
    Database database = new Database(options.file().toAbsolutePath(), options.maxPages());
    database.prepare();
    long startedMillis = clock.millis();
    StoreMeters meters = new StoreMeters(registry);
    Life life = new Life(database, options.limits(), clock, startedMillis);
    life.begin();
    Writer writer = new Writer(life::session, evictions, meters).start();
    Readers readers = new Readers(database).start();
    SqliteStore store = new SqliteStore(database, writer, readers, meters);
    meters.watch(registry, database::bytes, writer::unanswered);
    return store;
  }

  public Path file() {
    return database.file();
  }

  public Sizes sizes() {
    return new Sizes(meters.users(), meters.entries(), database.bytes());
  }

  @Override
  public CompletionStage<List<Outcome>> append(PartitionKey partition, List<Item> items) {
    long bytes = 0;
    for (Item item : items) {
      for (NewEntry entry : item.entries()) {
        bytes += entry.payload().length;
      }
    }
    return writer.submit(items.size(), bytes, new Appender(partition, List.copyOf(items))::run);
  }

  @Override
  public CompletionStage<Welcome> connect(Arrival arrival) {
    return writer.submit(1, 0, session -> Doorkeeper.welcome(session, arrival));
  }

  @Override
  public CompletionStage<Void> remember(String userId, String pid, SessionNote note) {
    return change(
        1,
        session -> {
          Optional<User> user = session.users.find(userId);
          if (user.isPresent()) {
            session.pids.remember(user.get(), pid, note);
          }
        });
  }

  @Override
  public CompletionStage<Void> leave(String userId, String pid, Departure departure) {
    return change(
        1,
        session -> {
          Optional<User> user = session.users.find(userId);
          if (user.isPresent()) {
            session.pids.leave(user.get(), pid, departure);
          }
        });
  }

  @Override
  public CompletionStage<Page> page(String userId, PageRequest request) {
    return readers.submit(session -> session.page(userId, request));
  }

  @Override
  public CompletionStage<Void> markProven(String userId, Proof proof) {
    return change(
        proof.seqs().size() + proof.gaps().size(), session -> Prover.prove(session, userId, proof));
  }

  @Override
  public CompletionStage<Position> position(String userId) {
    return readers.submit(session -> session.position(userId));
  }

  @Override
  public CompletionStage<Purged> purge() {
    return Sweeper.purge(writer);
  }

  @Override
  public CompletionStage<Void> probe() {
    return change(1, session -> session.meta.probe(session.nowMillis()));
  }

  @Override
  public CompletionStage<Map<PartitionKey, Watermark>> all() {
    return writer.submit(1, 0, session -> session.marks.all());
  }

  @Override
  public CompletionStage<Optional<Instant>> firstStart() {
    return writer.submit(1, 0, session -> session.meta.firstStart().map(Instant::ofEpochMilli));
  }

  @Override
  public CompletionStage<Void> initialise(Instant firstStart, Map<PartitionKey, Watermark> starts) {
    return change(
        starts.size(),
        session -> {
          session.meta.firstStart(firstStart.toEpochMilli());
          starts.forEach(session.marks::set);
        });
  }

  @Override
  public CompletionStage<Void> set(PartitionKey partition, Watermark watermark) {
    return change(1, session -> session.marks.set(partition, watermark));
  }

  @Override
  public CompletionStage<Claim> claim(String key, String bodyHash) {
    return writer.submit(
        1, 0, session -> session.idempotency.claim(key, bodyHash, session.nowMillis()));
  }

  @Override
  public CompletionStage<String> answered(String key, String answer) {
    return writer.submit(1, 0, session -> session.idempotency.answered(key, answer));
  }

  @FunctionalInterface
  private interface Change {
    void run(WriteSession session) throws SQLException;
  }

  private CompletionStage<Void> change(int weight, Change change) {
    return writer
        .submit(
            weight,
            0,
            session -> {
              change.run(session);
              return true;
            })
        .thenApply(done -> null);
  }

  /** Finishes what waits and closes the file. */
  @Override
  public void close() {
    writer.close();
    readers.close();
  }
}
