package io.realtime.notify.kafka.commit;

import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;

/**
 * What a consumer has read and what its group has committed. Of the poll thread, as the consumer
 * is.
 */
public interface GroupOffsets {

  /**
   * The offset that is read next: everything before it was handed out, or was no record. Empty when
   * the partition is not assigned or this is not known now. Neither blocks nor fails.
   */
  OptionalLong position(TopicPartition partition);

  /**
   * Asks for a commit and does not wait. Commits take effect in the order in which they were asked
   * for.
   *
   * @param answer is called by the poll thread, in a later poll or commit; after a failure the
   *     commit may have been made nevertheless
   */
  void commit(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback answer);

  /**
   * Commits and waits, for some seconds at most.
   *
   * @throws org.apache.kafka.common.KafkaException when nobody can tell that it was made
   */
  void commitAndWait(Map<TopicPartition, OffsetAndMetadata> offsets);
}
