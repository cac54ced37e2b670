package io.realtime.notify.kafka.ingest;

import io.realtime.notify.kafka.client.Causes;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.lane.PartitionLane;
import io.realtime.notify.kafka.start.CommitNote;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits how far each lane is resolved, never further. A lane with nothing in flight is committed
 * up to the consumer's position, which is past transaction markers. The commit is for lag tools and
 * for a lost store; where a partition starts is the watermark's business. Owned by the poll thread.
 */
final class CommitLedger {
  private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(CommitLedger.class);

  private final Consumer<?, ?> consumer;
  private final KafkaSettings.Limits limits;
  private final Instant firstStart;
  private long nextAt = System.nanoTime();

  CommitLedger(Consumer<?, ?> consumer, KafkaSettings.Limits limits, Instant firstStart) {
    this.consumer = consumer;
    this.limits = limits;
    this.firstStart = firstStart;
  }

  /** Asks for a commit when the time or the number of records is reached. */
  void commitIfDue(Map<TopicPartition, PartitionLane> lanes) {
    long now = System.nanoTime();
    if (now - nextAt < 0 && resolvedSinceCommit(lanes) < limits.commitRecords()) {
      return;
    }
    nextAt = now + limits.commitInterval().toNanos();
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets(lanes);
    if (offsets.isEmpty()) {
      return;
    }
    consumer.commitAsync(
        offsets,
        (done, failure) -> {
          if (failure != null) {
            LOG.debug("kafka: commit failed, repeated with the next: {}", Causes.text(failure));
            return;
          }
          done.forEach(
              (partition, offset) -> {
                PartitionLane lane = lanes.get(partition);
                if (lane != null) {
                  lane.committed(offset.offset());
                }
              });
        });
  }

  /** Commits what these lanes have resolved, before they are given up. Does not fail. */
  void commitNow(Map<TopicPartition, PartitionLane> lanes) {
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets(lanes);
    if (offsets.isEmpty()) {
      return;
    }
    try {
      try {
        consumer.commitSync(offsets, SYNC_TIMEOUT);
      } catch (WakeupException e) {
        // The service stops, which is why this is the last commit.
        consumer.commitSync(offsets, SYNC_TIMEOUT);
      }
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
    if (lane.inFlight() > 0 || !consumer.assignment().contains(partition)) {
      return resolved;
    }
    try {
      return Math.max(resolved, consumer.position(partition, Duration.ZERO));
    } catch (KafkaException | IllegalStateException e) {
      return resolved;
    }
  }
}
