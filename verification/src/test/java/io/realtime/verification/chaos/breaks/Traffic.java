package io.realtime.verification.chaos.breaks;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.Json;
import io.realtime.verification.harness.Kafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import tools.jackson.databind.JsonNode;

/** Orders of some users, and what became of them: seen by clients, committed by the service. */
final class Traffic {
  private static final String TOPIC = "order.created";
  private static final String CREATED = "order:created";
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final long PAUSE_NANOS = 250_000_000;

  private final Kafka kafka;
  private final String group;
  private final List<String> users;
  private final List<String> sent = new ArrayList<>();
  private final List<Future<RecordMetadata>> produced = new ArrayList<>();

  Traffic(Kafka kafka, String group, List<String> users) {
    this.kafka = kafka;
    this.group = group;
    this.users = users;
  }

  /** One more order of each user. */
  void send() {
    String orderId = "o-" + sent.size();
    sent.add(orderId);
    for (String userId : users) {
      send(userId, Json.write(Map.of("orderId", orderId, "buyerId", userId, "total", sent.size())));
    }
  }

  /** A record as it is. */
  void send(String key, String value) {
    produced.add(kafka.sendLater(TOPIC, key, value));
  }

  /** Some orders a second for as long. */
  void sendFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      send();
      LockSupport.parkNanos(Math.min(left, PAUSE_NANOS));
    }
  }

  /** The order ids that each user was sent. */
  List<String> sent() {
    return List.copyOf(sent);
  }

  static boolean isGreeted(Client client) {
    return !client.events("connection:success").isEmpty();
  }

  static List<String> seen(Client client) {
    return client.events(CREATED).stream()
        .map((JsonNode payload) -> payload.path("orderId").asString())
        .toList();
  }

  boolean hasAll(Client client) {
    return new LinkedHashSet<>(seen(client)).containsAll(sent);
  }

  /** From now on {@link #allCommitted} and {@link #noneCommitted} are about later records. */
  void forget() {
    produced.clear();
  }

  boolean allCommitted() {
    Map<TopicPartition, Long> committed = kafka.committed(group);
    return produced.stream().allMatch(record -> isCommitted(record, committed));
  }

  boolean noneCommitted() {
    Map<TopicPartition, Long> committed = kafka.committed(group);
    return produced.stream().noneMatch(record -> isCommitted(record, committed));
  }

  private static boolean isCommitted(
      Future<RecordMetadata> record, Map<TopicPartition, Long> committed) {
    try {
      RecordMetadata at = record.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      TopicPartition partition = new TopicPartition(at.topic(), at.partition());
      return committed.getOrDefault(partition, 0L) > at.offset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("not acknowledged", e);
    }
  }
}
