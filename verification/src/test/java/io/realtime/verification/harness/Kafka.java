package io.realtime.verification.harness;

import io.realtime.demo.broker.process.BrokerProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A real broker in a process of its own, with a producer as a shop would have it. */
public final class Kafka implements AutoCloseable {
  private static final String DEAD_LETTERS = "realtime.dead-letter";

  private final BrokerProcess broker;
  private final KafkaProducer<String, String> producer;

  Kafka(Path data) {
    this(data, Map.of());
  }

  /** A broker whose log is in {@code data}, with settings of its own. */
  public Kafka(Path data, Map<String, String> settings) {
    BrokerProcess.Builder options = BrokerProcess.builder().dataDir(data).partitions(3);
    settings.forEach(options::setting);
    broker = options.build().start();
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrap(),
                "acks",
                "all",
                "linger.ms",
                "0",
                "delivery.timeout.ms",
                "60000",
                "reconnect.backoff.max.ms",
                "500"),
            new StringSerializer(),
            new StringSerializer());
  }

  public String bootstrap() {
    return broker.bootstrap();
  }

  public BrokerProcess broker() {
    return broker;
  }

  public void createTopics(int partitions, List<String> names) {
    List<NewTopic> topics = new ArrayList<>();
    names.forEach(name -> topics.add(new NewTopic(name, partitions, (short) 1)));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
      admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new KafkaException("topics were not created", e);
      }
    } catch (InterruptedException | TimeoutException e) {
      throw new KafkaException("topics were not created", e);
    }
  }

  /** Produces and returns after the broker's ack. */
  public RecordMetadata send(String topic, String key, String value) {
    try {
      return sendLater(topic, key, value).get(60, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new KafkaException("not acknowledged: " + topic, e);
    }
  }

  /** Produces; completes with the broker's ack. */
  public Future<RecordMetadata> sendLater(String topic, String key, String value) {
    return producer.send(new ProducerRecord<>(topic, key, value));
  }

  /** Where a group's commits stand. */
  public Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, Long> committed = new HashMap<>();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get(30, TimeUnit.SECONDS)
          .forEach((partition, commit) -> committed.put(partition, commit.offset()));
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new KafkaException("commits are not known", e);
    }
    return committed;
  }

  /** How many dead letters that group has written by now of records with that key. */
  public long deadLetters(String group, String key) {
    try (KafkaConsumer<String, String> consumer = deadLetterConsumer()) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      long found = 0;
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        if (System.nanoTime() > deadline) {
          throw new KafkaException("the dead letters were not read to their end");
        }
        for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(200))) {
          boolean same = group.equals(DeadLetter.of(each).header("consumer-group"));
          found += same && key.equals(each.key()) ? 1 : 0;
        }
      }
      return found;
    }
  }

  private KafkaConsumer<String, String> deadLetterConsumer() {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrap(), "auto.offset.reset", "earliest");
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(DEAD_LETTERS).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  /** The first dead letter of a record with that key and topic. */
  public DeadLetter awaitDeadLetter(String originalTopic, String key) {
    try (KafkaConsumer<String, String> consumer = deadLetterConsumer()) {
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> found : consumer.poll(Duration.ofMillis(200))) {
          DeadLetter letter = DeadLetter.of(found);
          if (key.equals(found.key()) && originalTopic.equals(letter.header("original-topic"))) {
            return letter;
          }
        }
      }
    }
    throw new AssertionError("no dead letter from " + originalTopic + " with key " + key);
  }

  /** A record of the dead-letter topic, with the headers whose names begin with {@code dlq-}. */
  public record DeadLetter(String value, Map<String, String> headers) {
    static DeadLetter of(ConsumerRecord<String, String> found) {
      Map<String, String> headers = new TreeMap<>();
      for (Header header : found.headers()) {
        if (header.key().startsWith("dlq-") && header.value() != null) {
          headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
      }
      return new DeadLetter(found.value(), headers);
    }

    /** The header {@code dlq-<name>}; empty when there is none. */
    public String header(String name) {
      return headers.getOrDefault("dlq-" + name, "");
    }
  }

  @Override
  public void close() {
    producer.close();
    broker.close();
  }
}
