package io.realtime.notify.kafka.ingest;

import io.realtime.notify.core.audit.Audit;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;
import io.realtime.notify.core.ingest.Watermarks;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.start.CommitNote;
import io.realtime.notify.kafka.start.Start;
import io.realtime.notify.kafka.start.StartDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what {@link StartDecision} needs and writes down what it says. Owned by the poll thread;
 * every call may block for some seconds and fails with what Kafka or the store says.
 */
final class StartRule {
  /** Producers' clocks differ: how far before the first start a later topic is read. */
  static final Duration CLOCK_MARGIN = Duration.ofHours(1);

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(StartRule.class);

  private final KafkaSettings settings;
  private final Watermarks watermarks;
  private final IngestMetrics metrics;
  private final KafkaHealth health;
  private final Instant processStart;
  private Optional<Instant> firstStart = Optional.empty();

  StartRule(
      KafkaSettings settings,
      Watermarks watermarks,
      IngestMetrics metrics,
      KafkaHealth health,
      Instant processStart) {
    this.settings = settings;
    this.watermarks = watermarks;
    this.metrics = metrics;
    this.health = health;
    this.processStart = processStart;
  }

  /** When the service first started. Call after {@link #initialise}. */
  Instant firstStart() {
    return firstStart.orElseThrow(() -> new IllegalStateException("not initialised"));
  }

  /**
   * At the very first start: fixes the start of every partition there is, in one transaction. When
   * the store was lost and commits are there, the first start is the one they tell of.
   */
  void initialise(Consumer<?, ?> consumer, Admin admin, Pattern subscription)
      throws InterruptedException {
    firstStart = Stages.await(watermarks.firstStart());
    if (firstStart.isPresent()) {
      return;
    }
    Set<TopicPartition> partitions = new HashSet<>();
    consumer
        .listTopics(TIMEOUT)
        .forEach(
            (topic, infos) -> {
              if (subscription.matcher(topic).matches()) {
                infos.forEach(i -> partitions.add(new TopicPartition(topic, i.partition())));
              }
            });
    Map<TopicPartition, PartitionKey> keys = keys(admin, partitions);
    Map<TopicPartition, StartDecision.Commit> commits = commits(consumer, keys.keySet());
    Optional<Instant> told =
        commits.values().stream()
            .flatMap(c -> c.note().stream())
            .map(CommitNote::firstStart)
            .min(Comparator.naturalOrder());
    Instant since =
        told.map(t -> t.minus(CLOCK_MARGIN))
            .orElseGet(() -> processStart.minus(settings.startLookback()));
    List<Start> starts = decide(consumer, keys, commits, Map.of(), since, Map.of());
    Map<PartitionKey, Watermark> marks = new HashMap<>();
    starts.forEach(s -> marks.put(s.partition(), s.watermark()));
    Instant first = told.orElse(processStart);
    Stages.await(watermarks.initialise(first, marks));
    firstStart = Optional.of(first);
    starts.forEach(start -> announce(start, -1));
    LOG.info("kafka: first start {}: {} partitions, read from {} on", first, starts.size(), since);
  }

  /**
   * Where these partitions start; the answer leaves out those of a topic that is not there.
   *
   * @param divergent what the leader said of some of them
   */
  Map<TopicPartition, Start> starts(
      Consumer<?, ?> consumer,
      Admin admin,
      Collection<TopicPartition> partitions,
      Map<TopicPartition, Long> divergent)
      throws InterruptedException {
    Map<TopicPartition, PartitionKey> keys = keys(admin, partitions);
    Map<PartitionKey, Watermark> marks = Stages.await(watermarks.all());
    List<Start> starts =
        decide(
            consumer,
            keys,
            commits(consumer, keys.keySet()),
            marks,
            firstStart().minus(CLOCK_MARGIN),
            divergent);
    Map<TopicPartition, Start> answer = new HashMap<>();
    for (Start start : starts) {
      if (!start.watermark().equals(marks.get(start.partition()))) {
        Stages.await(watermarks.set(start.partition(), start.watermark()));
      }
      Watermark before = marks.get(start.partition());
      announce(start, before == null ? -1 : before.offset());
      answer.put(
          new TopicPartition(start.partition().topic(), start.partition().partition()), start);
    }
    return answer;
  }

  private static List<Start> decide(
      Consumer<?, ?> consumer,
      Map<TopicPartition, PartitionKey> keys,
      Map<TopicPartition, StartDecision.Commit> commits,
      Map<PartitionKey, Watermark> marks,
      Instant since,
      Map<TopicPartition, Long> divergent) {
    if (keys.isEmpty()) {
      return List.of();
    }
    Set<TopicPartition> partitions = keys.keySet();
    // The ends first: a record that comes between the two questions must not be passed over.
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, TIMEOUT);
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions, TIMEOUT);
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(p -> times.put(p, Math.max(0, since.toEpochMilli())));
    Map<TopicPartition, OffsetAndTimestamp> byTime = consumer.offsetsForTimes(times, TIMEOUT);
    List<Start> decided = new ArrayList<>();
    keys.forEach(
        (partition, key) -> {
          Long end = ends.get(partition);
          Long start = starts.get(partition);
          if (end == null || start == null) {
            return;
          }
          OffsetAndTimestamp found = byTime.get(partition);
          Long diverges = divergent.get(partition);
          decided.add(
              StartDecision.decide(
                  new StartDecision.Facts(
                      key,
                      marks,
                      Optional.ofNullable(commits.get(partition)),
                      start,
                      end,
                      found == null
                          ? OptionalLong.empty()
                          : OptionalLong.of(Math.min(found.offset(), end)),
                      diverges == null ? OptionalLong.empty() : OptionalLong.of(diverges))));
        });
    return decided;
  }

  private static Map<TopicPartition, PartitionKey> keys(
      Admin admin, Collection<TopicPartition> partitions) throws InterruptedException {
    Set<String> topics = new HashSet<>();
    partitions.forEach(p -> topics.add(p.topic()));
    Map<String, TopicDescription> described = Stages.describe(admin, topics);
    Map<TopicPartition, PartitionKey> keys = new HashMap<>();
    for (TopicPartition partition : partitions) {
      TopicDescription topic = described.get(partition.topic());
      if (topic != null && partition.partition() < topic.partitions().size()) {
        keys.put(
            partition,
            new PartitionKey(partition.topic(), topic.topicId().toString(), partition.partition()));
      }
    }
    return keys;
  }

  private static Map<TopicPartition, StartDecision.Commit> commits(
      Consumer<?, ?> consumer, Set<TopicPartition> partitions) {
    Map<TopicPartition, StartDecision.Commit> commits = new HashMap<>();
    if (partitions.isEmpty()) {
      return commits;
    }
    for (Map.Entry<TopicPartition, OffsetAndMetadata> entry :
        consumer.committed(partitions, TIMEOUT).entrySet()) {
      OffsetAndMetadata commit = entry.getValue();
      if (commit != null) {
        commits.put(
            entry.getKey(),
            new StartDecision.Commit(commit.offset(), CommitNote.parse(commit.metadata())));
      }
    }
    return commits;
  }

  /**
   * @param previous the last offset that was resolved before; -1 when unknown
   */
  private void announce(Start start, long previous) {
    PartitionKey partition = start.partition();
    metrics.started(start.reason());
    if (!start.reason().announced()) {
      LOG.debug("kafka: {} starts at {} ({})", partition, start.offset(), start.reason());
      return;
    }
    LOG.warn(
        "kafka: partition {}-{} goes on at offset {}, generation {}: {} (topic id {})",
        partition.topic(),
        partition.partition(),
        start.offset(),
        start.generation(),
        start.reason(),
        partition.topicId());
    health.startedElsewhere(
        "%s-%d at %d (%s)"
            .formatted(partition.topic(), partition.partition(), start.offset(), start.reason()));
    Audit.record(
        "partition.restarted",
        "topic",
        partition.topic(),
        "topicId",
        partition.topicId(),
        "partition",
        partition.partition(),
        "reason",
        start.reason(),
        "offset",
        start.offset(),
        "generation",
        start.generation(),
        "previousOffset",
        previous);
  }
}
