package io.realtime.verification.chaos.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realtime.verification.chaos.oracle.History.Letter;
import io.realtime.verification.chaos.oracle.Source;
import io.realtime.verification.chaos.oracle.Source.Kind;
import io.realtime.verification.harness.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads back what lies in the broker. One thread. */
final class Topics implements AutoCloseable {
  private static final String INGRESS = "realtime.ingress";
  private static final String DEAD_LETTERS = "realtime.dead-letter";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] NOTHING = {};

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Admin admin;
  private final String group;
  private final Map<String, Long> ends = new HashMap<>();

  Topics(String bootstrap, String group) {
    this.group = group;
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
  }

  /** Every record of the source topics, from the log's start to its end. */
  List<Source> sources() {
    List<String> topics = new ArrayList<>(Shop.TOPICS);
    topics.add(INGRESS);
    List<Source> sources = new ArrayList<>();
    ends.clear();
    read(topics, ends).forEach(record -> sources.add(source(record)));
    return sources;
  }

  /** The log ends that {@link #sources} has met, of lanes that hold anything. */
  Map<String, Long> ends() {
    return Map.copyOf(ends);
  }

  List<Letter> letters() {
    List<Letter> letters = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : read(List.of(DEAD_LETTERS), new HashMap<>())) {
      letters.add(
          new Letter(
              header(record, "dlq-original-topic") + ":" + header(record, "dlq-original-partition"),
              Long.parseLong(header(record, "dlq-original-offset")),
              digest(record)));
    }
    return letters;
  }

  /** The group's commits. */
  Map<String, Long> committed() {
    try {
      Map<String, Long> committed = new HashMap<>();
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .forEach(
              (partition, commit) -> {
                if (commit != null) {
                  committed.put(lane(partition), commit.offset());
                }
              });
      return committed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("commits are not known", e);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> read(List<String> topics, Map<String, Long> lanes) {
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic, PATIENCE).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> until = consumer.endOffsets(partitions, PATIENCE);
    until.forEach(
        (partition, end) -> {
          if (end > 0) {
            lanes.put(lane(partition), end);
          }
        });
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (until.entrySet().stream()
        .anyMatch(each -> consumer.position(each.getKey(), PATIENCE) < each.getValue())) {
      if (System.nanoTime() > deadline) {
        throw new KafkaException("the topics were not read to their end within " + PATIENCE);
      }
      consumer.poll(Duration.ofMillis(200)).forEach(records::add);
    }
    return records;
  }

  private static Source source(ConsumerRecord<byte[], byte[]> record) {
    String lane = record.topic() + ":" + record.partition();
    boolean ingress = record.topic().equals(INGRESS);
    Kind kind = ingress ? Kind.PERSONAL : Kind.valueOf(header(record, Shop.KIND));
    String eventId = ingress ? header(record, "realtime-event-id") : lane + ":" + record.offset();
    byte @Nullable [] value = record.value();
    if (kind == Kind.POISON || value == null) {
      return new Source(eventId, lane, record.offset(), kind, "", digest(record));
    }
    JsonNode json = Json.read(new String(value, UTF_8));
    String user = json.path("buyerId").asString(json.path("userId").asString(""));
    return new Source(eventId, lane, record.offset(), kind, user, Digest.ofSource(json));
  }

  private static String digest(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] key = record.key();
    byte @Nullable [] value = record.value();
    return Digest.of(key == null ? NOTHING : key, value == null ? NOTHING : value);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    if (header == null || header.value() == null) {
      throw new KafkaException(record.topic() + " " + record.offset() + " has no header " + name);
    }
    return new String(header.value(), UTF_8);
  }

  private static String lane(TopicPartition partition) {
    return partition.topic() + ":" + partition.partition();
  }

  @Override
  public void close() {
    consumer.close();
    admin.close();
  }
}
