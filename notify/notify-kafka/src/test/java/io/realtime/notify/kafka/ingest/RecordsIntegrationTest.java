package io.realtime.notify.kafka.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.health.Health;
import io.realtime.notify.core.ingest.Intake;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.deadletter.DeadLetterHeaders;
import io.realtime.notify.kafka.testing.Kafka;
import io.realtime.notify.kafka.testing.MemoryStore;
import io.realtime.notify.kafka.topics.InternalTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What becomes of records, with a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordsIntegrationTest {
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
  void poisonRecord_isDeadLetteredUnchanged_andTheNextContinues() throws Exception {
    String topic = "order.poison";
    kafka.create(topic, 1);
    MemoryStore store = new MemoryStore();
    KafkaSettings settings = Node.settings(kafka.bootstrap(), topic);
    byte[] value = "poison \u0000\u00ff\n bytes".getBytes(UTF_8);
    try (Node node = Node.ready(settings, store)) {
      var poison = new ProducerRecord<byte[], byte[]>(topic, null, "u1".getBytes(UTF_8), value);
      poison.headers().add("trace", new byte[] {1, 0, 2}).add("none", null);
      long offset = kafka.send(poison).offset();
      kafka.send(topic, "u1", "next");

      awaitValues(store, topic, "next");
      ConsumerRecord<byte[], byte[]> letter = deadLetter(topic);
      assertThat(letter.key()).isEqualTo("u1".getBytes(UTF_8));
      assertThat(letter.value()).isEqualTo(value);
      assertThat(requireNonNull(letter.headers().lastHeader("trace")).value())
          .containsExactly(1, 0, 2);
      assertThat(requireNonNull(letter.headers().lastHeader("none")).value()).isNull();
      assertThat(header(letter, DeadLetterHeaders.ORIGINAL_TOPIC)).isEqualTo(topic);
      assertThat(header(letter, DeadLetterHeaders.ORIGINAL_PARTITION)).isEqualTo("0");
      assertThat(header(letter, DeadLetterHeaders.ORIGINAL_OFFSET))
          .isEqualTo(Long.toString(offset));
      assertThat(header(letter, DeadLetterHeaders.ORIGINAL_TIMESTAMP)).matches("\\d{13}");
      assertThat(header(letter, DeadLetterHeaders.CONSUMER_GROUP)).isEqualTo(settings.groupId());
      assertThat(header(letter, DeadLetterHeaders.NODE)).isEqualTo(settings.nodeId());
      assertThat(header(letter, DeadLetterHeaders.STAGE)).isEqualTo("VALIDATE");
      assertThat(header(letter, DeadLetterHeaders.ERROR_CODE)).isEqualTo("MISSING_FIELD");
      assertThat(header(letter, DeadLetterHeaders.ERROR_MESSAGE)).isEqualTo("buyerId is missing");
      assertThat(header(letter, DeadLetterHeaders.ATTEMPTS)).isEqualTo("1");
      assertThat(header(letter, DeadLetterHeaders.REPLAY_COUNT)).isEqualTo("0");
      // A resolved record like any other: the watermark and the commit are past it.
      assertThat(store.resolved(topic)).hasSize(2);
      awaitCommit(settings, topic, 2);
      assertThat(node.count("realtime.kafka.deadletters", "stage", "validate")).isEqualTo(1);
    }
  }

  @Test
  void unexpectedFailure_isTriedFiveTimes_thenDeadLettered() throws Exception {
    String topic = "order.explode";
    kafka.create(topic, 1);
    MemoryStore store = new MemoryStore();
    try (Node node = Node.ready(Node.settings(kafka.bootstrap(), topic), store)) {
      kafka.send(topic, "u1", "explode");
      kafka.send(topic, "u1", "next");

      awaitValues(store, topic, "next");
      ConsumerRecord<byte[], byte[]> letter = deadLetter(topic);
      assertThat(header(letter, DeadLetterHeaders.STAGE)).isEqualTo("ROUTE");
      assertThat(header(letter, DeadLetterHeaders.ERROR_CODE)).isEqualTo("UNEXPECTED");
      assertThat(header(letter, DeadLetterHeaders.ERROR_CLASS))
          .isEqualTo("java.lang.IllegalStateException");
      assertThat(header(letter, DeadLetterHeaders.ERROR_MESSAGE))
          .isEqualTo("IllegalStateException: cannot route");
      assertThat(header(letter, DeadLetterHeaders.ATTEMPTS)).isEqualTo("5");
      assertThat(store.routed()).isEqualTo(6);
      assertThat(node.meters.get("realtime.kafka.records.retries").counter().count()).isEqualTo(4);
    }
  }

  @Test
  void recordThatTheStoreWillNotTake_isDeadLetteredAlone() throws Exception {
    String topic = "order.stuck";
    kafka.create(topic, 1);
    MemoryStore store = new MemoryStore();
    KafkaSettings settings = Node.settings(kafka.bootstrap(), topic);
    try (Node node = Node.ready(settings, store)) {
      store.hold();
      kafka.send(topic, "u1", "before");
      kafka.send(topic, "u1", "stuck");
      kafka.send(topic, "u1", "after");
      store.release();

      awaitValues(store, topic, "before", "after");
      ConsumerRecord<byte[], byte[]> letter = deadLetter(topic);
      assertThat(letter.value()).isEqualTo("stuck".getBytes(UTF_8));
      assertThat(header(letter, DeadLetterHeaders.STAGE)).isEqualTo("APPEND");
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
  }

  @Test
  void recordTooLargeForTheDeadLetterTopic_leavesAStub() throws Exception {
    String topic = "order.large";
    kafka.create(topic, 1, Map.of("max.message.bytes", "1048588"));
    MemoryStore store = new MemoryStore();
    try (Node node = Node.ready(Node.settings(kafka.bootstrap(), topic), store)) {
      // Fits its own topic by a few bytes; with our headers it does not fit the other.
      byte[] value = ("poison" + "x".repeat(1_048_400)).getBytes(UTF_8);
      kafka.send(new ProducerRecord<>(topic, "u1".getBytes(UTF_8), value));
      kafka.send(topic, "u1", "next");

      awaitValues(store, topic, "next");
      ConsumerRecord<byte[], byte[]> letter = deadLetter(topic);
      assertThat(letter.value()).isNull();
      assertThat(letter.key()).isEqualTo("u1".getBytes(UTF_8));
      assertThat(header(letter, DeadLetterHeaders.VALUE_SIZE))
          .isEqualTo(Integer.toString(value.length));
      assertThat(header(letter, DeadLetterHeaders.VALUE_SHA256)).hasSize(64);
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
  }

  @Test
  void tombstone_isACountedSkip() throws Exception {
    String topic = "order.tombstone";
    kafka.create(topic, 1);
    MemoryStore store = new MemoryStore();
    try (Node node = Node.ready(Node.settings(kafka.bootstrap(), topic), store)) {
      kafka.send(topic, "u1", null);
      kafka.send(topic, "u1", "next");

      awaitValues(store, topic, "next");
      assertThat(node.count("realtime.kafka.records", "outcome", "skipped_tombstone")).isEqualTo(1);
      assertThat(store.resolved(topic).getFirst().verdict()).isInstanceOf(Verdict.Skip.class);
    }
  }

  @Test
  void storeUnavailable_pausesWithoutCommit_andResumes() throws Exception {
    String topic = "order.store";
    kafka.create(topic, 1);
    MemoryStore store = new MemoryStore();
    KafkaSettings settings = Node.settings(kafka.bootstrap(), topic);
    try (Node node = Node.ready(settings, store)) {
      kafka.send(topic, "u1", "0");
      awaitCommit(settings, topic, 1);
      store.unavailable(true);
      for (int i = 1; i <= 20; i++) {
        kafka.send(topic, "u1", Integer.toString(i));
      }

      node.awaitStatus(Health.Status.DEGRADED);
      assertThat(node.health().detail()).contains(topic + "-0").contains("store unavailable");
      await()
          .untilAsserted(() -> assertThat(node.gauge("realtime.kafka.partitions.paused")).isOne());
      assertThat(offset(settings, topic)).isEqualTo(1);

      store.unavailable(false);
      node.awaitStatus(Health.Status.OK);
      awaitCommit(settings, topic, 21);
      assertThat(store.values(topic)).hasSize(21).startsWith("0", "1", "2").doesNotHaveDuplicates();
      assertThat(node.count("realtime.kafka.deadletters", "stage", "append")).isZero();
    }
  }

  @Test
  void slowStore_boundsWhatIsInFlight_andKeepsOrder() throws Exception {
    String topic = "order.pressure";
    kafka.create(topic, 1);
    MemoryStore store = new MemoryStore();
    KafkaSettings settings = Node.settings(kafka.bootstrap(), topic);
    try (Node node = Node.ready(settings, store)) {
      store.hold();
      List<Future<?>> sent = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        expected.add(Integer.toString(i));
        sent.add(kafka.offer(topic, "u1", Integer.toString(i)));
      }
      for (Future<?> one : sent) {
        one.get();
      }
      await()
          .untilAsserted(() -> assertThat(node.gauge("realtime.kafka.partitions.paused")).isOne());
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(node.gauge("realtime.kafka.lag")).isEqualTo(3_000));
      assertThat(node.gauge("realtime.kafka.inflight")).isBetween(501.0, 1_000.0);

      store.release();
      await().untilAsserted(() -> assertThat(store.values(topic)).hasSize(3_000));
      assertThat(store.values(topic)).isEqualTo(expected);
      awaitCommit(settings, topic, 3_000);
    }
  }

  @Test
  void laneFullInTheMiddleOfAPoll_takesTheRestAgain() throws Exception {
    String topic = "order.tiny";
    kafka.create(topic, 1);
    MemoryStore store = new MemoryStore();
    KafkaSettings.Limits tiny =
        new KafkaSettings.Limits(
            10,
            1_000_000,
            Duration.ofMillis(100),
            1_000,
            5,
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(10));
    KafkaSettings settings = Node.settings(kafka.bootstrap(), topic).withLimits(tiny);
    try (Node node = Node.ready(settings, store)) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        expected.add(Integer.toString(i));
        var _ = kafka.offer(topic, "u1", Integer.toString(i));
      }
      await().untilAsserted(() -> assertThat(store.values(topic)).isEqualTo(expected));
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
  }

  @Test
  void keylessRecords_areCounted_andWarnedAboutOnce() throws Exception {
    String topic = "order.keyless";
    kafka.create(topic, 2);
    MemoryStore store = new MemoryStore();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(RecordReader.class);
    logger.addAppender(log);
    try (Node node = Node.ready(Node.settings(kafka.bootstrap(), topic), store)) {
      for (int i = 0; i < 10; i++) {
        kafka.send(topic, null, "keyless " + i);
      }
      await().untilAsserted(() -> assertThat(store.values(topic)).hasSize(10));
      assertThat(node.meters.get("realtime.kafka.records.keyless").counter().count()).isEqualTo(10);
      assertThat(List.copyOf(log.list))
          .filteredOn(e -> e.getFormattedMessage().contains(topic))
          .singleElement()
          .satisfies(e -> assertThat(e.getFormattedMessage()).contains("kafka").contains("key"));
    } finally {
      logger.detachAppender(log);
    }
  }

  @Test
  void internalTopics_areThere_withTheirRetention() throws Exception {
    try (Node node =
        Node.ready(Node.settings(kafka.bootstrap(), "order\\.internal"), new MemoryStore())) {
      assertThat(kafka.exists(InternalTopics.INGRESS)).isTrue();
      assertThat(kafka.exists(InternalTopics.DEAD_LETTER)).isTrue();
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
  }

  private ConsumerRecord<byte[], byte[]> deadLetter(String topic) {
    return kafka.read(InternalTopics.DEAD_LETTER).stream()
        .filter(r -> header(r, DeadLetterHeaders.ORIGINAL_TOPIC).equals(topic))
        .reduce(
            (a, b) -> {
              throw new AssertionError("more than one dead letter of " + topic);
            })
        .orElseThrow();
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? "" : new String(requireNonNull(header.value()), UTF_8);
  }

  private void awaitCommit(KafkaSettings settings, String topic, long offset) {
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(offset(settings, topic)).isEqualTo(offset));
  }

  private long offset(KafkaSettings settings, String topic) throws Exception {
    return kafka.committed(settings.groupId(), topic, 0).map(OffsetAndMetadata::offset).orElse(-1L);
  }

  private static void awaitValues(MemoryStore store, String topic, String... values) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(store.values(topic)).isEqualTo(List.of(values)));
    assertThat(store.resolved(topic)).extracting(Intake.Resolved::record).isNotEmpty();
  }
}
