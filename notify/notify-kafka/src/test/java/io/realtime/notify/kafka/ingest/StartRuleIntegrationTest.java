package io.realtime.notify.kafka.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.realtime.notify.core.audit.Audit;
import io.realtime.notify.core.health.Health;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.testing.Kafka;
import io.realtime.notify.kafka.testing.MemoryStore;
import io.realtime.notify.kafka.topics.InternalTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Where partitions start, with a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartRuleIntegrationTest {
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
  void firstStart_oldRecords_areNotReplayed_laterOnesAre() throws Exception {
    String topic = "order.first";
    kafka.create(topic, 3);
    kafka.send(topic, "u1", "old-1");
    kafka.send(topic, "u1", "old-2");
    MemoryStore store = new MemoryStore();

    try (Node node = ready(topic, store)) {
      kafka.send(topic, "u1", "new");
      awaitValues(store, topic, "new");
      assertThat(node.health().detail()).contains("kafka: connected to").contains("partitions");
      // Empty partitions have a start and a commit too.
      assertThat(store.marks(topic)).hasSize(3);
      for (int partition = 0; partition < 3; partition++) {
        int p = partition;
        await().until(() -> kafka.committed("group-order-first", topic, p).isPresent());
      }
    }
  }

  @Test
  void firstStart_withLookback_readsThatFarBack() throws Exception {
    String topic = "order.lookback";
    kafka.create(topic, 1);
    kafka.send(topic, "u1", "recent");
    MemoryStore store = new MemoryStore();

    try (Node node = Node.ready(settings(topic).withStartLookback(Duration.ofMinutes(5)), store)) {
      awaitValues(store, topic, "recent");
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
  }

  @Test
  void newTopic_afterStart_isReadWhole() throws Exception {
    MemoryStore store = new MemoryStore();
    try (Node node = ready("order\\.later-.*", store)) {
      kafka.create("order.later-1", 2);
      kafka.send("order.later-1", "u1", "first");
      kafka.send("order.later-1", "u1", "second");

      awaitValues(store, "order.later-1", "first", "second");
      assertThat(node.count("realtime.kafka.partition.starts", "reason", "first_seen"))
          .isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void restart_resumesFromWatermark_notFromCommit() throws Exception {
    String topic = "order.restart";
    kafka.create(topic, 1);
    MemoryStore store = new MemoryStore();
    KafkaSettings settings = settings(topic);
    try (Node node = Node.ready(settings, store)) {
      kafka.send(topic, "u1", "before");
      awaitValues(store, topic, "before");
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
    kafka.send(topic, "u1", "meanwhile-1");
    kafka.send(topic, "u1", "meanwhile-2");
    // The commit lies: it is ahead of what the store has.
    commit(settings, topic, 3);

    try (Node node = Node.ready(settings, store)) {
      awaitValues(store, topic, "before", "meanwhile-1", "meanwhile-2");
      assertThat(node.count("realtime.kafka.partition.starts", "reason", "resumed")).isPositive();
    }
  }

  @Test
  void storeLost_goesOnAtCommit_andReadsTopicThatCameMeanwhile() throws Exception {
    String topic = "order.lost-1";
    String came = "order.lost-2";
    kafka.create(topic, 1);
    MemoryStore store = new MemoryStore();
    KafkaSettings settings = settings("order\\.lost-.*");
    try (Node node = Node.ready(settings, store)) {
      kafka.send(topic, "u1", "before");
      awaitValues(store, topic, "before");
      await().until(() -> offset(settings, topic) == 1);
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
    store.forgetEverything();
    kafka.send(topic, "u1", "meanwhile");
    kafka.create(came, 1);
    kafka.send(came, "u1", "new topic");

    try (Node node = Node.ready(settings, store)) {
      awaitValues(store, topic, "meanwhile");
      awaitValues(store, came, "new topic");
      assertThat(node.count("realtime.kafka.partition.starts", "reason", "store_lost"))
          .isPositive();
    }
  }

  @Test
  void topicRecreated_whileRunning_isReadFromItsStart_asNextGeneration() throws Exception {
    String topic = "order.recreated";
    kafka.create(topic, 1);
    MemoryStore store = new MemoryStore();
    try (Node node = ready(topic, store)) {
      kafka.send(topic, "u1", "one");
      kafka.send(topic, "u1", "two");
      awaitValues(store, topic, "one", "two");

      recreate(topic);
      kafka.send(topic, "u1", "three");

      awaitValues(store, topic, "one", "two", "three");
      var last = store.resolved(topic).getLast().record();
      assertThat(last.offset()).isZero();
      assertThat(last.generation()).isEqualTo(1);
      assertThat(store.marks(topic)).hasSize(2);
      assertThat(node.count("realtime.kafka.partition.starts", "reason", "topic_recreated"))
          .isPositive();
    }
  }

  @Test
  void topicRecreated_whileStopped_isReadFromItsStart() throws Exception {
    String topic = "order.recreated-stopped";
    kafka.create(topic, 1);
    MemoryStore store = new MemoryStore();
    KafkaSettings settings = settings(topic);
    try (Node node = Node.ready(settings, store)) {
      kafka.send(topic, "u1", "one");
      awaitValues(store, topic, "one");
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
    recreate(topic);
    // As many records as the old one had, and more: its offsets alone look as if nothing happened.
    kafka.send(topic, "u1", "two");
    kafka.send(topic, "u1", "three");

    try (Node node = Node.ready(settings, store)) {
      awaitValues(store, topic, "one", "two", "three");
      assertThat(store.resolved(topic).getLast().record().generation()).isEqualTo(1);
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
  }

  @Test
  void retentionPassedUs_goesOnAtTheEarliestRecord() throws Exception {
    String topic = "order.retention";
    kafka.create(topic, 1);
    MemoryStore store = new MemoryStore();
    KafkaSettings settings = settings(topic);
    try (Node node = Node.ready(settings, store)) {
      kafka.send(topic, "u1", "0");
      awaitValues(store, topic, "0");
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
    for (int i = 1; i <= 4; i++) {
      kafka.send(topic, "u1", Integer.toString(i));
    }
    kafka.deleteBelow(topic, 0, 3);

    ListAppender<ILoggingEvent> audit = new ListAppender<>();
    audit.start();
    Logger logger = (Logger) LoggerFactory.getLogger(Audit.NAME);
    logger.addAppender(audit);
    try (Node node = Node.ready(settings, store)) {
      awaitValues(store, topic, "0", "3", "4");
      assertThat(List.copyOf(audit.list))
          .extracting(ILoggingEvent::getFormattedMessage)
          .filteredOn(line -> line.contains(topic))
          .singleElement()
          .asString()
          .startsWith("partition.restarted")
          .contains("reason=OUT_OF_RANGE offset=3 generation=1 previousOffset=0");
      assertThat(node.health().detail()).contains("went on elsewhere").contains("at 3 (OUT_OF_");
      assertThat(store.resolved(topic).getLast().record().generation()).isEqualTo(1);
      assertThat(node.count("realtime.kafka.partition.starts", "reason", "out_of_range"))
          .isEqualTo(1);
    } finally {
      logger.detachAppender(audit);
    }
  }

  @Test
  void partitionsAdded_whileRunning_areReadWhole() throws Exception {
    String topic = "order.grows";
    kafka.create(topic, 1);
    MemoryStore store = new MemoryStore();
    try (Node node = ready(topic, store)) {
      kafka.send(topic, "u1", "before");
      awaitValues(store, topic, "before");
      kafka.admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
      kafka.send(
          new ProducerRecord<>(topic, 2, "u1".getBytes(UTF_8), "on a new one".getBytes(UTF_8)));
      awaitValues(store, topic, "before", "on a new one");
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
  }

  @Test
  void topicDeleted_whileRunning_theOthersGoOn() throws Exception {
    kafka.create("order.gone-1", 1);
    kafka.create("order.gone-2", 1);
    MemoryStore store = new MemoryStore();
    try (Node node = ready("order\\.gone-.*", store)) {
      kafka.send("order.gone-1", "u1", "last");
      awaitValues(store, "order.gone-1", "last");
      kafka.delete("order.gone-1");
      kafka.send("order.gone-2", "u1", "goes on");
      awaitValues(store, "order.gone-2", "goes on");
      node.awaitStatus(Health.Status.OK);
      await()
          .during(Duration.ofSeconds(3))
          .atMost(Duration.ofSeconds(20))
          .until(() -> node.health().status() == Health.Status.OK);
    }
  }

  @Test
  void transactions_abortedRecordsAreNotRead_andTheCommitGoesPastTheMarkers() throws Exception {
    String topic = "order.transactions";
    kafka.create(topic, 1);
    MemoryStore store = new MemoryStore();
    KafkaSettings settings = settings(topic);
    try (Node node = Node.ready(settings, store);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "transactional.id", "shop"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "aborted".getBytes(UTF_8))).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "committed".getBytes(UTF_8))).get();
      producer.commitTransaction();

      awaitValues(store, topic, "committed");
      // Two records and a marker behind each.
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(offset(settings, topic)).isEqualTo(4));
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(node.gauge("realtime.kafka.lag")).isZero());
    }
  }

  @Test
  void ingress_isReadFromItsLogStart_evenAtTheFirstStart() throws Exception {
    MemoryStore store = new MemoryStore();
    String value = "published before anyone read";
    try (Node first = ready("order\\.none-a", store)) {
      assertThat(first.health().status()).isEqualTo(Health.Status.OK);
    }
    kafka.send(InternalTopics.INGRESS, "u1", value);
    try (Node node = ready("order\\.none-b", new MemoryStore())) {
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
    MemoryStore fresh = new MemoryStore();
    try (Node node = ready("order\\.none-c", fresh)) {
      await().untilAsserted(() -> assertThat(fresh.values(InternalTopics.INGRESS)).contains(value));
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
  }

  @Test
  void excludedTopics_andDeadLetters_areNeverRead() throws Exception {
    kafka.create("order.kept-1", 1);
    kafka.create("order.kept-1-retry", 1);
    MemoryStore store = new MemoryStore();
    KafkaSettings settings =
        settings("(order\\.kept|realtime).*")
            .withExcludedTopics(java.util.regex.Pattern.compile(".*-retry"));
    try (Node node = Node.ready(settings, store)) {
      kafka.send("order.kept-1-retry", "u1", "not this");
      kafka.send(InternalTopics.DEAD_LETTER, "u1", "nor this");
      kafka.send("order.kept-1", "u1", "this");
      awaitValues(store, "order.kept-1", "this");
      assertThat(store.marks("order.kept-1-retry")).isEmpty();
      assertThat(store.marks(InternalTopics.DEAD_LETTER)).isEmpty();
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
  }

  private Node ready(String topics, MemoryStore memory) {
    return Node.ready(settings(topics), memory);
  }

  private KafkaSettings settings(String topics) {
    return Node.settings(kafka.bootstrap(), topics);
  }

  private static void awaitValues(MemoryStore memory, String topic, String... values) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(memory.values(topic)).isEqualTo(List.of(values)));
  }

  private void recreate(String topic) throws Exception {
    kafka.delete(topic);
    await().atMost(Duration.ofSeconds(30)).until(() -> !kafka.exists(topic));
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              kafka.create(topic, 1);
              assertThat(kafka.exists(topic)).isTrue();
            });
  }

  private long offset(KafkaSettings settings, String topic) throws Exception {
    return kafka.committed(settings.groupId(), topic, 0).map(OffsetAndMetadata::offset).orElse(-1L);
  }

  private void commit(KafkaSettings settings, String topic, long offset) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      // A static member stays in the group until its session ends.
      admin
          .removeMembersFromConsumerGroup(
              settings.groupId(),
              new org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions(
                  Set.of(new org.apache.kafka.clients.admin.MemberToRemove(settings.nodeId()))))
          .all()
          .get();
      admin
          .alterConsumerGroupOffsets(
              settings.groupId(),
              Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
          .all()
          .get();
    }
  }
}
