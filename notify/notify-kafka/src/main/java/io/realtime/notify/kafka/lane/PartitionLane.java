package io.realtime.notify.kafka.lane;

import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.start.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one partition, resolved one after another. Its owner (the poll thread) offers and
 * asks; the lane's steps, one at a time on the runtime's executor, take and report. Bounded by
 * count and by bytes; what does not fit stays in Kafka.
 */
public final class PartitionLane {
  /** Records handed to the store at once, at most. */
  public static final int MAX_BATCH = 200;

  /** What a record costs beside its bytes, roughly. */
  private static final int RECORD_OVERHEAD = 100;

  private static final Logger LOG = LoggerFactory.getLogger(PartitionLane.class);

  private final PartitionKey partition;
  private final int generation;
  private final KafkaSettings.Limits limits;
  private final RecordResolver resolver;
  private final LaneRuntime runtime;
  private final LinkedBlockingQueue<SourceRecord> queue;
  private final AtomicInteger records = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /** Whether a batch is under way, or is about to be. */
  private final AtomicBoolean busy = new AtomicBoolean();

  private final AtomicReference<@Nullable CompletableFuture<Void>> waiting =
      new AtomicReference<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean started;
  private volatile boolean stopped;
  private volatile boolean blocked;
  private volatile long next;
  private volatile int leaderEpoch;
  private volatile long progressAt;
  // Of the owner alone.
  private long committed = -1;
  private boolean paused;

  public PartitionLane(
      Start start, KafkaSettings.Limits limits, RecordResolver resolver, LaneRuntime runtime) {
    this.partition = start.partition();
    this.generation = start.generation();
    this.leaderEpoch = start.leaderEpoch();
    this.next = start.offset();
    this.limits = limits;
    this.resolver = resolver;
    this.runtime = runtime;
    this.queue = new LinkedBlockingQueue<>(limits.inFlightRecords());
  }

  /** Begins with what was offered before and goes on with what is offered later. */
  public PartitionLane start() {
    started = true;
    schedule();
    return this;
  }

  /** False when it does not fit now. A record larger than the whole bound fits when it is alone. */
  public boolean offer(SourceRecord record) {
    int size = size(record);
    int count = records.get();
    if (count >= limits.inFlightRecords()
        || (count > 0 && bytes.get() + size > limits.inFlightBytes())) {
      return false;
    }
    if (count == 0) {
      progressAt = runtime.clock().millis();
    }
    records.incrementAndGet();
    bytes.addAndGet(size);
    // The count above is the queue's own bound, and only the owner adds.
    boolean added = queue.offer(record);
    schedule();
    return added;
  }

  /** Whether one more poll might not fit, or the lane waits for something. */
  public boolean wantsPause(int pollRecords) {
    int threshold = Math.max(1, limits.inFlightRecords() - pollRecords + 1);
    return blocked || records.get() >= threshold || bytes.get() >= limits.inFlightBytes();
  }

  /** Whether there is room again, with some distance from the bound. */
  public boolean wantsResume() {
    return !blocked
        && records.get() <= limits.inFlightRecords() / 2
        && bytes.get() <= limits.inFlightBytes() / 2;
  }

  /** Ends after what the store is being given now, and ends a wait at once; does not block. */
  public void stop() {
    stopped = true;
    CompletableFuture<Void> wait = waiting.getAndSet(null);
    if (wait != null) {
      wait.completeExceptionally(new LaneStoppedException());
    }
    if (busy.compareAndSet(false, true)) {
      ended.complete(null);
    }
  }

  /** Completes when nothing of this lane runs any more. */
  public CompletionStage<Void> ended() {
    return ended.minimalCompletionStage();
  }

  /** Blocks for at most {@code millis}; false when it has not ended by then. */
  public boolean awaitEnd(long millis) throws InterruptedException {
    try {
      ended.get(Math.max(0, millis), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a lane ends normally", e);
    }
  }

  public boolean hasEnded() {
    return ended.isDone();
  }

  public PartitionKey partition() {
    return partition;
  }

  public int generation() {
    return generation;
  }

  public int leaderEpoch() {
    return leaderEpoch;
  }

  public int inFlight() {
    return records.get();
  }

  /** The offset after the last resolved record. */
  public long next() {
    return next;
  }

  /** Like {@link #next}, or past the transaction markers that were committed behind it. */
  public long resolvedTo() {
    return Math.max(next, committed);
  }

  /** How long the record at the head has held up the others; zero when nothing waits. */
  public Duration stalled() {
    return records.get() == 0
        ? Duration.ZERO
        : Duration.ofMillis(Math.max(0, runtime.clock().millis() - progressAt));
  }

  /** Whether it waits for a dependency. */
  public boolean isBlocked() {
    return blocked;
  }

  public long committed() {
    return committed;
  }

  public void committed(long offset) {
    committed = offset;
  }

  public boolean isPaused() {
    return paused;
  }

  public void paused(boolean value) {
    paused = value;
  }

  boolean isStopped() {
    return stopped;
  }

  /** From a step, while something it needs is not there. */
  void blocked(boolean value) {
    blocked = value;
  }

  LaneRuntime runtime() {
    return runtime;
  }

  /** From a step. Completes after {@code time}, or at once with a failure when it is stopped. */
  CompletionStage<Void> pause(Duration time) {
    CompletableFuture<Void> wait = new CompletableFuture<>();
    waiting.set(wait);
    Runnable takeBack = runtime.timer().after(time, () -> wait.complete(null));
    if (stopped) {
      wait.completeExceptionally(new LaneStoppedException());
    }
    return wait.whenComplete(
        (done, failure) -> {
          waiting.compareAndSet(wait, null);
          takeBack.run();
        });
  }

  /** From a step, when the store has taken them. */
  void resolved(List<SourceRecord> done) {
    SourceRecord last = done.getLast();
    leaderEpoch = last.leaderEpoch();
    next = last.offset() + 1;
    progressAt = runtime.clock().millis();
    long size = 0;
    for (SourceRecord record : done) {
      size += size(record);
    }
    bytes.addAndGet(-size);
    records.addAndGet(-done.size());
  }

  private void schedule() {
    if (started && !stopped && !queue.isEmpty() && busy.compareAndSet(false, true)) {
      runtime.executor().execute(this::turn);
    }
  }

  private void turn() {
    if (stopped) {
      ended.complete(null);
      return;
    }
    List<SourceRecord> batch = new ArrayList<>();
    queue.drainTo(batch, MAX_BATCH);
    try {
      resolver.resolve(this, batch).whenComplete((done, failure) -> turned(failure));
    } catch (RuntimeException e) {
      turned(e);
    }
  }

  private void turned(@Nullable Throwable failure) {
    if (failure != null && !stopped) {
      // Its owner sees that it has ended and begins again behind the watermark.
      LOG.error("kafka: the lane of {} ended by itself", partition, failure);
    }
    if (failure != null || stopped) {
      ended.complete(null);
      return;
    }
    busy.set(false);
    if (stopped && busy.compareAndSet(false, true)) {
      ended.complete(null);
    } else {
      schedule();
    }
  }

  private static int size(SourceRecord record) {
    int size = RECORD_OVERHEAD + length(record.key()) + length(record.value());
    for (SourceRecord.Header header : record.headers()) {
      size += header.name().length() + length(header.value());
    }
    return size;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
