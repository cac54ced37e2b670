package io.realtime.notify.kafka.ingest;

import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.kafka.client.KafkaSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The records of one partition, resolved one after another on a virtual thread. The poll thread
 * offers and asks; the lane's thread takes and reports. Bounded by count and by bytes; what does
 * not fit stays in Kafka.
 */
final class PartitionLane {
  /** Records handed to the store at once, at most. */
  static final int MAX_BATCH = 200;

  /** What a record costs beside its bytes, roughly. */
  private static final int RECORD_OVERHEAD = 100;

  private final PartitionKey partition;
  private final KafkaSettings.Limits limits;
  private final LinkedBlockingQueue<SourceRecord> queue;
  private final AtomicInteger records = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private volatile long next;
  private volatile int leaderEpoch;
  private volatile boolean stopped;
  private volatile boolean blocked;
  // Of the poll thread alone.
  private final int generation;
  private long committed = -1;
  private boolean paused;

  PartitionLane(Start start, KafkaSettings.Limits limits, RecordResolver resolver) {
    this.partition = start.partition();
    this.generation = start.generation();
    this.leaderEpoch = start.leaderEpoch();
    this.next = start.offset();
    this.limits = limits;
    this.queue = new LinkedBlockingQueue<>(limits.inFlightRecords());
    this.thread =
        Thread.ofVirtual()
            .name("kafka-lane-" + partition.topic() + "-" + partition.partition())
            .unstarted(() -> run(resolver));
  }

  PartitionLane start() {
    thread.start();
    return this;
  }

  /** False when it does not fit now. A record larger than the whole bound fits when it is alone. */
  boolean offer(SourceRecord record) {
    int size = size(record);
    int count = records.get();
    if (count >= limits.inFlightRecords()
        || (count > 0 && bytes.get() + size > limits.inFlightBytes())) {
      return false;
    }
    records.incrementAndGet();
    bytes.addAndGet(size);
    // The count above is the queue's own bound, and only the poll thread adds.
    return queue.offer(record);
  }

  /** Whether one more poll might not fit, or the lane waits for something. */
  boolean wantsPause(int pollRecords) {
    int threshold = Math.max(1, limits.inFlightRecords() - pollRecords + 1);
    return blocked || records.get() >= threshold || bytes.get() >= limits.inFlightBytes();
  }

  /** Whether there is room again, with some distance from the bound. */
  boolean wantsResume() {
    return !blocked
        && records.get() <= limits.inFlightRecords() / 2
        && bytes.get() <= limits.inFlightBytes() / 2;
  }

  /** The lane's thread, while something it needs is not there. */
  void blocked(boolean value) {
    blocked = value;
  }

  /** The lane's thread, when the store has taken them. */
  void resolved(List<SourceRecord> done) {
    SourceRecord last = done.getLast();
    leaderEpoch = last.leaderEpoch();
    next = last.offset() + 1;
    long size = 0;
    for (SourceRecord record : done) {
      size += size(record);
    }
    bytes.addAndGet(-size);
    records.addAndGet(-done.size());
  }

  boolean isStopped() {
    return stopped;
  }

  /** Ends after what the store is being given now; does not wait. */
  void stop() {
    stopped = true;
    thread.interrupt();
  }

  boolean awaitEnd(long millis) throws InterruptedException {
    return ended.await(millis, TimeUnit.MILLISECONDS);
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  PartitionKey partition() {
    return partition;
  }

  int generation() {
    return generation;
  }

  int leaderEpoch() {
    return leaderEpoch;
  }

  int inFlight() {
    return records.get();
  }

  /** The offset after the last resolved record. */
  long next() {
    return next;
  }

  /** Like {@link #next}, or past the transaction markers that were committed behind it. */
  long resolvedTo() {
    return Math.max(next, committed);
  }

  long committed() {
    return committed;
  }

  void committed(long offset) {
    committed = offset;
  }

  boolean isPaused() {
    return paused;
  }

  void paused(boolean value) {
    paused = value;
  }

  private void run(RecordResolver resolver) {
    List<SourceRecord> batch = new ArrayList<>();
    try {
      while (!stopped) {
        batch.add(queue.take());
        queue.drainTo(batch, MAX_BATCH - 1);
        resolver.resolve(this, batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      // Stopped: what is left in the queue is read again by whoever comes next.
    } finally {
      ended.countDown();
    }
  }

  private static int size(SourceRecord record) {
    int size = RECORD_OVERHEAD + length(record.key()) + length(record.value());
    for (SourceRecord.Header header : record.headers()) {
      size += header.name().length() + length(header.value());
    }
    return size;
  }

  private static int length(byte @org.jspecify.annotations.Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
