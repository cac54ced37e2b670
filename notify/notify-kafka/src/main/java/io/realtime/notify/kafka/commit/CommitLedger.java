package io.realtime.notify.kafka.commit;

import io.realtime.notify.kafka.client.Causes;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.lane.PartitionLane;
import io.realtime.notify.kafka.start.CommitNote;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits how far each lane is resolved, never further. A lane with nothing in flight is committed
 * up to the consumer's position, which is past transaction markers. The commit is for lag tools and
 * for a lost store; where a partition starts is the watermark's business. Owned by the poll thread.
 */
public final class CommitLedger {
  private static final Logger LOG = LoggerFactory.getLogger(CommitLedger.class);

  private final GroupOffsets group;
  private final KafkaSettings.Limits limits;
  private final Instant firstStart;
  private final LongSupplier nanoTime;
  private long nextAt;

  /**
   * @param firstStart of the service, for whoever starts from a commit
   * @param nanoTime a clock that nobody sets, in nanoseconds, as {@link System#nanoTime()}
   */
  public CommitLedger(
      GroupOffsets group, KafkaSettings.Limits limits, Instant firstStart, LongSupplier nanoTime) {
    this.group = group;
    this.limits = limits;
    this.firstStart = firstStart;
    this.nanoTime = nanoTime;
    this.nextAt = nanoTime.getAsLong();
  }

  /** Asks for a commit when the time or the number of records is reached. Does not block. */
  public void commitIfDue(Map<TopicPartition, PartitionLane> lanes) {
    long now = nanoTime.getAsLong();
    if (now - nextAt < 0 && resolvedSinceCommit(lanes) < limits.commitRecords()) {
      return;
    }
    nextAt = now + limits.commitInterval().toNanos();
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets(lanes);
    if (offsets.isEmpty()) {
      return;
    }
    // A partition may have another lane when the answer comes, of which it says nothing.
    Map<TopicPartition, PartitionLane> asked = new HashMap<>(lanes);
    group.commit(offsets, (done, failure) -> answered(asked, done, failure));
  }

  private static void answered(
      Map<TopicPartition, PartitionLane> asked,
      Map<TopicPartition, OffsetAndMetadata> done,
      @Nullable Exception failure) {
    if (failure != null) {
      LOG.debug("kafka: commit failed, repeated with the next: {}", Causes.text(failure));
      return;
    }
    done.forEach(
        (partition, offset) -> {
          PartitionLane lane = asked.get(partition);
          if (lane != null) {
            lane.committed(offset.offset());
          }
        });
  }

  /** Commits what these lanes have resolved, before they are given up. Does not fail. */
  public void commitNow(Map<TopicPartition, PartitionLane> lanes) {
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets(lanes);
    if (offsets.isEmpty()) {
      return;
    }
    try {
      group.commitAndWait(offsets);
    } catch (KafkaException e) {
      LOG.warn(
          "kafka: last commit failed, records are ignored when read again: {}", Causes.text(e));
    }
  }

  private static long resolvedSinceCommit(Map<TopicPartition, PartitionLane> lanes) {
    long sum = 0;
    for (PartitionLane lane : lanes.values()) {
      sum += lane.committed() < 0 ? 0 : lane.next() - lane.committed();
    }
    return sum;
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(Map<TopicPartition, PartitionLane> lanes) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    lanes.forEach(
        (partition, lane) -> {
          long offset = resolvedPosition(partition, lane);
          if (offset != lane.committed()) {
            String note =
                new CommitNote(lane.partition().topicId(), lane.generation(), firstStart).text();
            Optional<Integer> epoch =
                lane.leaderEpoch() >= 0 ? Optional.of(lane.leaderEpoch()) : Optional.empty();
            offsets.put(partition, new OffsetAndMetadata(offset, epoch, note));
          }
        });
    return offsets;
  }

  private long resolvedPosition(TopicPartition partition, PartitionLane lane) {
    long resolved = lane.next();
    return lane.inFlight() > 0
        ? resolved
        : Math.max(resolved, group.position(partition).orElse(resolved));
  }
}
