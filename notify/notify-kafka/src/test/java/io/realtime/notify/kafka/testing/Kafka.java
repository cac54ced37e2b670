package io.realtime.notify.kafka.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.realtime.demo.broker.process.BrokerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A real broker in a process of its own, with what tests do to it. */
public final class Kafka implements AutoCloseable {
  private final BrokerProcess broker;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  private Kafka(BrokerProcess broker) {
    this.broker = broker;
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", broker.bootstrap(), "acks", "all", "metadata.max.age.ms", 500),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  public static Kafka start(Path directory) {
    return start(directory, builder -> {});
  }

  public static Kafka start(Path directory, Consumer<BrokerProcess.Builder> options) {
    // A producer that still knows a topic would create a deleted one again behind a test's back.
    BrokerProcess.Builder builder =
        BrokerProcess.builder()
            .dataDir(directory.resolve("kafka"))
            .setting("auto.create.topics.enable", "false");
    options.accept(builder);
    return new Kafka(builder.build().start());
  }

  public BrokerProcess broker() {
    return broker;
  }

  public String bootstrap() {
    return broker.bootstrap();
  }

  public void create(String topic, int partitions) throws Exception {
    create(topic, partitions, Map.of());
  }

  public void create(String topic, int partitions, Map<String, String> configs) throws Exception {
    NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty());
    admin.createTopics(Set.of(wanted.configs(configs))).all().get(30, SECONDS);
  }

  public void delete(String topic) throws Exception {
    admin.deleteTopics(Set.of(topic)).all().get(30, SECONDS);
  }

  /** Changes one setting of a topic. */
  public void configure(String topic, String name, String value) throws Exception {
    var resource =
        new org.apache.kafka.common.config.ConfigResource(
            org.apache.kafka.common.config.ConfigResource.Type.TOPIC, topic);
    var change =
        new org.apache.kafka.clients.admin.AlterConfigOp(
            new org.apache.kafka.clients.admin.ConfigEntry(name, value),
            org.apache.kafka.clients.admin.AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get(30, SECONDS);
  }

  public Admin admin() {
    return admin;
  }

  public boolean exists(String topic) throws Exception {
    return admin.listTopics().names().get(30, SECONDS).contains(topic);
  }

  /** Removes what is below the offset, as retention does. */
  public void deleteBelow(String topic, int partition, long offset) throws Exception {
    admin
        .deleteRecords(
            Map.of(
                new TopicPartition(topic, partition),
                org.apache.kafka.clients.admin.RecordsToDelete.beforeOffset(offset)))
        .all()
        .get(30, SECONDS);
  }

  /** Sends and waits for the ack. */
  public RecordMetadata send(String topic, @Nullable String key, @Nullable String value)
      throws Exception {
    return offer(topic, key, value).get(60, SECONDS);
  }

  public Future<RecordMetadata> offer(String topic, @Nullable String key, @Nullable String value) {
    return producer.send(
        new ProducerRecord<>(
            topic,
            null,
            key == null ? null : key.getBytes(UTF_8),
            value == null ? null : value.getBytes(UTF_8)));
  }

  public RecordMetadata send(ProducerRecord<byte[], byte[]> record) throws Exception {
    return producer.send(record).get(60, SECONDS);
  }

  /** The group's commit; empty when there is none. */
  public Optional<OffsetAndMetadata> committed(String group, String topic, int partition)
      throws Exception {
    Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
    all.putAll(
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get(30, SECONDS));
    return Optional.ofNullable(all.get(new TopicPartition(topic, partition)));
  }

  /** Everything on a topic now. */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrap()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(i -> new TopicPartition(topic, i.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
      while (partitions.stream()
          .anyMatch(p -> consumer.position(p) < requireNonNull(ends.get(p)))) {
        consumer.poll(Duration.ofMillis(100)).forEach(all::add);
      }
      return all;
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    admin.close(Duration.ofSeconds(1));
    broker.close();
  }
}
