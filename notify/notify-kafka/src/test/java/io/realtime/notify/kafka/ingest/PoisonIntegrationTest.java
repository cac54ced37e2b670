package io.realtime.notify.kafka.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realtime.notify.core.health.Health;
import io.realtime.notify.kafka.deadletter.DeadLetterHeaders;
import io.realtime.notify.kafka.testing.Kafka;
import io.realtime.notify.kafka.testing.MemoryStore;
import io.realtime.notify.kafka.topics.InternalTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Bad records and broken dependencies, with a real broker that belongs to these tests alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoisonIntegrationTest {
  private Kafka kafka;

  @BeforeAll
  void startBroker(@TempDir Path directory) {
    kafka = Kafka.start(directory);
  }

  @AfterAll
  void stopBroker() {
    kafka.close();
  }

  @Test
  void thousandGoodAndTenPoison_exactlyTheTenAreDeadLettered_bytesIdentical() throws Exception {
    String topic = "order.thousand";
    kafka.create(topic, 3);
    MemoryStore store = new MemoryStore();
    Random random = new Random(42);
    Map<String, byte[]> poison = new HashMap<>();
    List<Future<?>> sent = new ArrayList<>();
    int good = 0;
    try (Node node = Node.ready(Node.settings(kafka.bootstrap(), topic), store)) {
      for (int i = 0; i < 1_010; i++) {
        if (i % 101 == 50) {
          byte[] noise = new byte[64];
          random.nextBytes(noise);
          String value = "poison-" + i + "-" + java.util.HexFormat.of().formatHex(noise);
          poison.put("key-" + i, value.getBytes(UTF_8));
          sent.add(kafka.offer(topic, "key-" + i, value));
        } else {
          sent.add(kafka.offer(topic, "u" + i % 7, "good-" + good++));
        }
      }
      for (Future<?> one : sent) {
        one.get();
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(store.resolved(topic)).hasSize(1_010));
      assertThat(store.values(topic)).hasSize(1_000).doesNotHaveDuplicates();
      Map<String, byte[]> found = new HashMap<>();
      for (ConsumerRecord<byte[], byte[]> letter : letters(topic)) {
        assertThat(found.put(new String(letter.key(), UTF_8), letter.value())).isNull();
      }
      assertThat(found.keySet()).isEqualTo(poison.keySet());
      found.forEach((key, value) -> assertThat(value).isEqualTo(poison.get(key)));
      assertThat(node.count("realtime.kafka.deadletters", "stage", "validate")).isEqualTo(10);
    }
  }

  @Test
  void deadLetterTopicDeleted_pausesThePartition_andGoesOnWhenItIsBack() throws Exception {
    String topic = "order.no-letters";
    kafka.create(topic, 1);
    MemoryStore store = new MemoryStore();
    try (Node node = Node.ready(Node.settings(kafka.bootstrap(), topic), store)) {
      kafka.delete(InternalTopics.DEAD_LETTER);
      await().until(() -> !kafka.exists(InternalTopics.DEAD_LETTER));
      kafka.send(topic, "u1", "before");
      kafka.send(topic, "u1", "poison");
      kafka.send(topic, "u1", "after");
      node.awaitStatus(Health.Status.DEGRADED);
      assertThat(node.health().detail()).contains(topic + "-0").contains("dead-letter topic");
      await()
          .untilAsserted(
              () -> {
                assertThat(node.gauge("realtime.kafka.partitions.blocked")).isOne();
                assertThat(node.gauge("realtime.kafka.headofline.seconds")).isPositive();
              });
      assertThat(store.values(topic)).containsExactly("before");

      kafka.create(InternalTopics.DEAD_LETTER, 3);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(store.values(topic)).containsExactly("before", "after"));
      assertThat(letters(topic)).hasSize(1);
      node.awaitStatus(Health.Status.OK);
    }
  }

  @Test
  void storeAwayForOneTopic_theOtherGoesOn_andNothingIsDeadLettered() throws Exception {
    String broken = "order.side-a";
    String fine = "order.side-b";
    kafka.create(broken, 1);
    kafka.create(fine, 1);
    MemoryStore store = new MemoryStore();
    try (Node node = Node.ready(Node.settings(kafka.bootstrap(), "order\\.side-.*"), store)) {
      store.unavailable(broken, true);
      List<Future<?>> sent = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        sent.add(kafka.offer(broken, "u1", Integer.toString(i)));
      }
      for (Future<?> one : sent) {
        one.get();
      }
      node.awaitStatus(Health.Status.DEGRADED);
      for (int i = 0; i < 100; i++) {
        kafka.send(fine, "u1", Integer.toString(i));
      }
      await().untilAsserted(() -> assertThat(store.values(fine)).hasSize(100));
      // The figure is of all partitions, and of up to a second ago.
      await()
          .untilAsserted(
              () -> assertThat(node.gauge("realtime.kafka.inflight")).isBetween(1.0, 1_000.0));
      assertThat(store.values(broken)).isEmpty();

      store.unavailable(broken, false);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(store.values(broken)).hasSize(5_000));
      assertThat(store.values(broken)).doesNotHaveDuplicates().startsWith("0", "1", "2");
      assertThat(letters(broken)).isEmpty();
    }
  }

  @Test
  void lettersWouldBeLost_isSaid() throws Exception {
    try (Node node = Node.ready(Node.settings(kafka.bootstrap(), "order\\.x"), new MemoryStore())) {
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
    kafka.configure(InternalTopics.DEAD_LETTER, "retention.ms", "3600000");
    try (Node node = Node.start(Node.settings(kafka.bootstrap(), "order\\.y"), new MemoryStore())) {
      node.awaitStatus(Health.Status.DEGRADED);
      assertThat(node.health().detail())
          .contains(InternalTopics.DEAD_LETTER)
          .contains("1 h, less than 7 days");
    } finally {
      kafka.configure(InternalTopics.DEAD_LETTER, "retention.ms", "2592000000");
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> letters(String topic) {
    return kafka.read(InternalTopics.DEAD_LETTER).stream()
        .filter(
            r -> {
              var header = r.headers().lastHeader(DeadLetterHeaders.ORIGINAL_TOPIC);
              return header != null
                  && topic.equals(new String(requireNonNull(header.value()), UTF_8));
            })
        .toList();
  }
}
