package io.realtime.notify.kafka.ingest;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.realtime.notify.core.health.Health;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.deadletter.KafkaDeadLetterPublisher;
import io.realtime.notify.kafka.testing.MemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;

/** One node of the service as far as Kafka goes, over a memory store. */
final class Node implements AutoCloseable {
  static final KafkaSettings.Limits QUICK = quick(Duration.ofSeconds(10));

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final KafkaDeadLetterPublisher deadLetters;
  private final KafkaIngest ingest;

  private Node(KafkaSettings settings, MemoryStore store) {
    deadLetters = new KafkaDeadLetterPublisher(settings);
    ingest = new KafkaIngest(settings, store, store, deadLetters, InstantSource.system(), meters);
  }

  /** The group and the node are named after the topics. */
  static KafkaSettings settings(String bootstrap, String topics) {
    String name = topics.replaceAll("[^a-z0-9]", "-");
    return KafkaSettings.of(bootstrap, "group-" + name, "node-" + name, Pattern.compile(topics))
        .withLimits(QUICK);
  }

  static KafkaSettings.Limits quick(Duration session) {
    return new KafkaSettings.Limits(
        1_000,
        16L * 1024 * 1024,
        Duration.ofMillis(100),
        1_000,
        5,
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofMillis(500),
        session);
  }

  static Node start(KafkaSettings settings, MemoryStore store) {
    Node node = new Node(settings, store);
    node.ingest.start();
    return node;
  }

  /** Started, and what it owns is being read. */
  static Node ready(KafkaSettings settings, MemoryStore store) {
    Node node = start(settings, store);
    node.awaitStatus(Health.Status.OK);
    return node;
  }

  Health health() {
    return ingest.health().health();
  }

  void awaitStatus(Health.Status status) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> health().status() == status);
  }

  double count(String name, String tag, String value) {
    return meters.get(name).tag(tag, value).counter().count();
  }

  double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  @Override
  public void close() {
    ingest.close();
    deadLetters.close();
  }
}
