package io.realtime.verification.simulation;

import io.realtime.notify.kafka.commit.GroupOffsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;

/** Bugs of commits, planted between the ledger and the group. */
final class PlantedOffsets {
  private PlantedOffsets() {}

  static class Forwarding implements GroupOffsets {
    private final GroupOffsets real;

    Forwarding(GroupOffsets real) {
      this.real = real;
    }

    @Override
    public OptionalLong position(TopicPartition partition) {
      return real.position(partition);
    }

    @Override
    public void commit(
        Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback answer) {
      real.commit(offsets, answer);
    }

    @Override
    public void commitAndWait(Map<TopicPartition, OffsetAndMetadata> offsets) {
      real.commitAndWait(offsets);
    }
  }

  /** Commits what was read. */
  static final class Ahead extends Forwarding {
    Ahead(GroupOffsets real) {
      super(real);
    }

    private Map<TopicPartition, OffsetAndMetadata> read(
        Map<TopicPartition, OffsetAndMetadata> offsets) {
      Map<TopicPartition, OffsetAndMetadata> ahead = new HashMap<>();
      offsets.forEach(
          (partition, offset) ->
              ahead.put(
                  partition,
                  new OffsetAndMetadata(
                      position(partition).orElse(offset.offset()),
                      offset.leaderEpoch(),
                      offset.metadata())));
      return ahead;
    }

    @Override
    public void commit(
        Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback answer) {
      super.commit(read(offsets), answer);
    }

    @Override
    public void commitAndWait(Map<TopicPartition, OffsetAndMetadata> offsets) {
      super.commitAndWait(read(offsets));
    }
  }

  /** Knows records only. */
  static final class WithoutPosition extends Forwarding {
    WithoutPosition(GroupOffsets real) {
      super(real);
    }

    @Override
    public OptionalLong position(TopicPartition partition) {
      return OptionalLong.empty();
    }
  }

  /** Tells of every commit that it was made. */
  static final class NeverFails extends Forwarding {
    NeverFails(GroupOffsets real) {
      super(real);
    }

    @Override
    public void commit(
        Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback answer) {
      super.commit(offsets, (done, failure) -> answer.onComplete(done, null));
    }
  }
}
