package io.realtime.verification.simulation;

import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.kafka.commit.GroupOffsets;
import io.realtime.notify.kafka.start.CommitNote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The consumer of one process. Commits reach the broker in order and later, answers come later
 * still; while the group's coordinator is away they are failures, of commits that were made and of
 * commits that were not.
 */
final class SimConsumer implements GroupOffsets {
  private final Map<TopicPartition, Source> sources = new HashMap<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final World world;
  private final RandomGenerator random;
  private final Tasks broker;
  private final Tasks pollThread;

  /**
   * @param broker what it was asked for, in order
   */
  SimConsumer(World world, Tasks broker, Tasks pollThread) {
    this.world = world;
    this.random = world.random();
    this.broker = broker;
    this.pollThread = pollThread;
    world.sources().forEach(source -> sources.put(source.partition(), source));
  }

  /** The process ends: some of what is under way is done, and nobody hears of it. */
  void end() {
    for (int left = random.nextInt(broker.size() + 1); left > 0; left--) {
      broker.step();
    }
  }

  void seek(TopicPartition partition, long offset) {
    positions.put(partition, offset);
  }

  /**
   * The next records, not the markers between them.
   *
   * @param known the incarnation that is read; nothing comes from another
   */
  List<Source.Produced> poll(PartitionKey known, int records) {
    TopicPartition partition = new TopicPartition(known.topic(), known.partition());
    Source source = source(partition);
    List<Source.Produced> polled = new ArrayList<>();
    if (!source.key().equals(known)) {
      return polled;
    }
    long at = positions.getOrDefault(partition, 0L);
    while (at < source.end() && polled.size() < records) {
      source.at(at++).ifPresent(polled::add);
    }
    positions.put(partition, at);
    return polled;
  }

  @Override
  public OptionalLong position(TopicPartition partition) {
    Long position = positions.get(partition);
    return position == null ? OptionalLong.empty() : OptionalLong.of(position);
  }

  @Override
  public void commit(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback answer) {
    seen(offsets);
    broker.execute(
        () -> {
          TimeoutException failure = made(offsets);
          pollThread.execute(() -> answer.onComplete(offsets, failure));
        });
  }

  @Override
  public void commitAndWait(Map<TopicPartition, OffsetAndMetadata> offsets) {
    seen(offsets);
    while (!broker.idle()) {
      broker.step();
    }
    TimeoutException failure = made(offsets);
    if (failure != null) {
      throw failure;
    }
  }

  private @Nullable TimeoutException made(Map<TopicPartition, OffsetAndMetadata> offsets) {
    boolean away = world.groupAway();
    if (!away || random.nextInt(4) == 0) {
      offsets.forEach((partition, offset) -> source(partition).commit(offset));
    }
    return away ? new TimeoutException("away") : null;
  }

  private void seen(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          String topicId = CommitNote.parse(offset.metadata()).orElseThrow().topicId();
          world
              .oracle()
              .committing(
                  new PartitionKey(partition.topic(), topicId, partition.partition()),
                  offset.offset());
        });
  }

  private Source source(TopicPartition partition) {
    Source source = sources.get(partition);
    if (source == null) {
      throw new IllegalStateException(partition + ": unknown (expected: one of the world)");
    }
    return source;
  }
}
