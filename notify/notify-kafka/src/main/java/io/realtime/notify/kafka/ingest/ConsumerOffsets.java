package io.realtime.notify.kafka.ingest;

import io.realtime.notify.kafka.commit.GroupOffsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** The offsets of a real consumer. Owned by the poll thread. */
final class ConsumerOffsets implements GroupOffsets {
  private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(5);

  private final Consumer<?, ?> consumer;

  ConsumerOffsets(Consumer<?, ?> consumer) {
    this.consumer = consumer;
  }

  @Override
  public OptionalLong position(TopicPartition partition) {
    if (!consumer.assignment().contains(partition)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(consumer.position(partition, Duration.ZERO));
    } catch (KafkaException | IllegalStateException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void commit(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback answer) {
    consumer.commitAsync(offsets, answer);
  }

  @Override
  public void commitAndWait(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      consumer.commitSync(offsets, SYNC_TIMEOUT);
    } catch (WakeupException e) {
      // The service stops, which is why this is the last commit.
      consumer.commitSync(offsets, SYNC_TIMEOUT);
    }
  }
}
