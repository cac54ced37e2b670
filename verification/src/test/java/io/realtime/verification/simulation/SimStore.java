package io.realtime.verification.simulation;

import io.realtime.notify.core.inbox.Arrival;
import io.realtime.notify.core.inbox.Departure;
import io.realtime.notify.core.inbox.Inbox;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.core.inbox.Proof;
import io.realtime.notify.core.inbox.SessionNote;
import io.realtime.notify.core.inbox.Welcome;
import io.realtime.notify.core.ingest.IdempotencyKeys;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.StoreUnavailableException;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.core.ingest.Watermarks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The store as one process sees it: calls wait for its writer or its readers, answers come later,
 * and while it is away they are failures, of calls that were done and of calls that were not.
 */
final class SimStore implements Inbox, Watermarks, IdempotencyKeys {
  private final Disk disk;
  private final Oracle oracle;
  private final RandomGenerator random;
  private final Tasks writer;
  private final Tasks readers;
  private final Tasks answers;

  SimStore(Object owner, Disk disk, Oracle oracle, Scheduler scheduler, RandomGenerator random) {
    this.disk = disk;
    this.oracle = oracle;
    this.random = random;
    this.writer = new Tasks(owner, random, true);
    this.readers = new Tasks(owner, random, false);
    this.answers = new Tasks(owner, random, true);
    scheduler.add(writer);
    scheduler.add(readers);
    scheduler.add(answers);
  }

  /** The process ends: some of what was handed in is done, and nobody hears of it. */
  void end() {
    for (int left = random.nextInt(writer.size() + 1); left > 0; left--) {
      writer.step();
    }
  }

  private <T> CompletionStage<T> write(Supplier<CompletionStage<T>> call, Consumer<T> seen) {
    return call(writer, disk.writable(), call, seen);
  }

  private <T> CompletionStage<T> read(Supplier<CompletionStage<T>> call) {
    return call(readers, disk.readable(), call, value -> {});
  }

  private <T> CompletionStage<T> call(
      Tasks queue, Disk.Way way, Supplier<CompletionStage<T>> call, Consumer<T> seen) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    queue.execute(
        () -> {
          boolean away = way.away();
          if (away && random.nextInt(4) != 0) {
            answers.execute(() -> answer.completeExceptionally(unavailable()));
            return;
          }
          call.get()
              .whenComplete(
                  (value, failure) -> {
                    if (failure != null) {
                      answers.execute(() -> answer.completeExceptionally(failure));
                      return;
                    }
                    seen.accept(value);
                    answers.execute(
                        () -> {
                          if (away) {
                            answer.completeExceptionally(unavailable());
                          } else {
                            answer.complete(value);
                          }
                        });
                  });
        });
    return answer;
  }

  private static StoreUnavailableException unavailable() {
    return new StoreUnavailableException("away", new IllegalStateException("away"));
  }

  @Override
  public CompletionStage<List<Outcome>> append(PartitionKey partition, List<Item> items) {
    return write(
        () -> disk.inbox().append(partition, items),
        outcomes -> oracle.appended(partition, items, outcomes));
  }

  @Override
  public CompletionStage<Welcome> connect(Arrival arrival) {
    Consumer<Welcome> decided = oracle.arrivals().deciding(arrival);
    return write(() -> disk.inbox().connect(arrival), decided);
  }

  @Override
  public CompletionStage<Void> remember(String userId, String pid, SessionNote note) {
    return write(() -> disk.inbox().remember(userId, pid, note), done -> {});
  }

  @Override
  public CompletionStage<Void> leave(String userId, String pid, Departure departure) {
    return write(() -> disk.inbox().leave(userId, pid, departure), done -> {});
  }

  @Override
  public CompletionStage<Page> page(String userId, PageRequest request) {
    return read(() -> disk.inbox().page(userId, request));
  }

  @Override
  public CompletionStage<Void> markProven(String userId, Proof proof) {
    return write(
        () -> disk.inbox().markProven(userId, proof), done -> oracle.proven(userId, proof));
  }

  @Override
  public CompletionStage<Position> position(String userId) {
    return read(() -> disk.inbox().position(userId));
  }

  @Override
  public CompletionStage<Purged> purge() {
    return write(() -> disk.inbox().purge(), done -> {});
  }

  @Override
  public CompletionStage<Void> probe() {
    return write(() -> disk.inbox().probe(), done -> {});
  }

  @Override
  public CompletionStage<Map<PartitionKey, Watermark>> all() {
    return read(() -> disk.watermarks().all());
  }

  @Override
  public CompletionStage<Optional<Instant>> firstStart() {
    return read(() -> disk.watermarks().firstStart());
  }

  @Override
  public CompletionStage<Void> initialise(Instant firstStart, Map<PartitionKey, Watermark> starts) {
    return write(() -> disk.watermarks().initialise(firstStart, starts), done -> {});
  }

  @Override
  public CompletionStage<Void> set(PartitionKey partition, Watermark watermark) {
    return write(() -> disk.watermarks().set(partition, watermark), done -> {});
  }

  @Override
  public CompletionStage<Claim> claim(String key, String bodyHash) {
    throw new UnsupportedOperationException("no REST calls with keys are simulated");
  }

  @Override
  public CompletionStage<String> answered(String key, String answer) {
    throw new UnsupportedOperationException("no REST calls with keys are simulated");
  }
}
