package io.realtime.verification.simulation;

import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.notify.kafka.start.CommitNote;
import io.realtime.notify.kafka.start.StartDecision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** One partition as the broker keeps it: its records, and the group's commit. */
final class Source {
  private final String topic;
  private final int number;
  private final List<Optional<Produced>> log = new ArrayList<>();
  private int incarnation;
  private Optional<StartDecision.Commit> commit = Optional.empty();

  Source(String topic, int number) {
    this.topic = topic;
    this.number = number;
  }

  /** What a record is for, which the product finds out by itself. */
  enum Kind {
    PERSONAL,
    POISON,
    TOMBSTONE,
    STATE
  }

  /**
   * A record as it lies in the log.
   *
   * @param partition with the incarnation of its topic
   * @param subject order or product, of this record alone unless it is a replay
   */
  record Produced(
      PartitionKey partition,
      long offset,
      Instant timestamp,
      Kind kind,
      String userId,
      String subject,
      String text,
      List<SourceRecord.Header> headers) {

    SourceRecord source(int generation) {
      byte[] value = kind == Kind.TOMBSTONE ? null : text.getBytes(StandardCharsets.UTF_8);
      return new SourceRecord(
          partition,
          offset,
          0,
          generation,
          timestamp,
          userId.getBytes(StandardCharsets.UTF_8),
          value,
          headers);
    }

    @Override
    public String toString() {
      return "%s %s/%d(%s)@%d for '%s': %s"
          .formatted(
              kind,
              partition.topic(),
              partition.partition(),
              partition.topicId(),
              offset,
              userId,
              text);
    }
  }

  PartitionKey key() {
    return new PartitionKey(topic, "id" + incarnation, number);
  }

  Produced append(
      Instant now,
      Kind kind,
      String userId,
      String subject,
      String text,
      List<SourceRecord.Header> headers) {
    Produced produced = new Produced(key(), log.size(), now, kind, userId, subject, text, headers);
    log.add(Optional.of(produced));
    return produced;
  }

  /** A transaction ends: its marker takes an offset and is no record. */
  void mark() {
    log.add(Optional.empty());
  }

  /** The topic is deleted and created again: its offsets restart. */
  void recreate() {
    incarnation++;
    log.clear();
  }

  long end() {
    return log.size();
  }

  /** Empty where a marker is. */
  Optional<Produced> at(long offset) {
    return log.get(Math.toIntExact(offset));
  }

  /** By name: the broker does not ask which incarnation of the topic it is for. */
  void commit(OffsetAndMetadata given) {
    commit =
        Optional.of(new StartDecision.Commit(given.offset(), CommitNote.parse(given.metadata())));
  }

  void forgetCommit() {
    commit = Optional.empty();
  }

  Optional<StartDecision.Commit> commit() {
    return commit;
  }

  /** Whether the group has committed all of this incarnation. */
  boolean committed() {
    return commit
        .filter(it -> it.offset() == end())
        .flatMap(StartDecision.Commit::note)
        .filter(note -> note.topicId().equals(key().topicId()))
        .isPresent();
  }

  /** The first record; all are younger than any start. */
  OptionalLong byTime() {
    return IntStream.range(0, log.size())
        .filter(it -> log.get(it).isPresent())
        .asLongStream()
        .findFirst();
  }

  /** The offset of the last record; -1 when there is none. */
  long lastRecord() {
    return IntStream.range(0, log.size()).filter(it -> log.get(it).isPresent()).max().orElse(-1);
  }

  TopicPartition partition() {
    return new TopicPartition(topic, number);
  }
}
