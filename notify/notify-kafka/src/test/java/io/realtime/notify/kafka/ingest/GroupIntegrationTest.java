package io.realtime.notify.kafka.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realtime.notify.core.health.Health;
import io.realtime.notify.kafka.client.GroupProtocol;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.testing.Kafka;
import io.realtime.notify.kafka.testing.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Membership under both group protocols, with a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupIntegrationTest {
  private Kafka kafka;

  @BeforeAll
  void startBroker(@TempDir Path directory) {
    kafka =
        Kafka.start(
            directory,
            builder ->
                builder
                    .setting("group.consumer.min.session.timeout.ms", "6000")
                    .setting("group.consumer.session.timeout.ms", "6000")
                    .setting("group.consumer.min.heartbeat.interval.ms", "500")
                    .setting("group.consumer.heartbeat.interval.ms", "1000"));
  }

  @AfterAll
  void stopBroker() {
    kafka.close();
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void bothProtocols_readResumeAndFindNewTopics(GroupProtocol protocol) throws Exception {
    String topic = topic("read", protocol);
    kafka.create(topic, 3);
    MemoryStore store = new MemoryStore();
    KafkaSettings settings = settings(topic + ".*", protocol, "node");
    try (Node node = Node.ready(settings, store)) {
      for (int i = 0; i < 50; i++) {
        kafka.send(topic, "u1", Integer.toString(i));
      }
      await().untilAsserted(() -> assertThat(store.values(topic)).hasSize(50));
      kafka.create(topic + "-later", 1);
      kafka.send(topic + "-later", "u1", "late");
      awaitValues(store, topic + "-later", "late");
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
    kafka.send(topic, "u1", "meanwhile");
    try (Node node = Node.ready(settings, store)) {
      await().untilAsserted(() -> assertThat(store.values(topic)).hasSize(51));
      assertThat(store.values(topic)).doesNotHaveDuplicates().endsWith("meanwhile");
      assertThat(node.health().status()).isEqualTo(Health.Status.OK);
    }
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void killedPredecessor_isReplaced_andIsNoOtherNode(GroupProtocol protocol) throws Exception {
    String topic = topic("killed", protocol);
    kafka.create(topic, 2);
    KafkaSettings settings = settings(topic, protocol, "same");
    Process before =
        NodeMain.start(kafka.bootstrap(), settings.groupId(), "same", topic, protocol.name());
    before.destroyForcibly().waitFor();

    MemoryStore store = new MemoryStore();
    try (Node node = Node.start(settings, store)) {
      kafka.send(topic, "u1", "after");
      await()
          .atMost(Duration.ofSeconds(20))
          .failFast(
              "the dead predecessor was taken for another node",
              () -> node.health().status() == Health.Status.DOWN)
          .untilAsserted(() -> assertThat(store.values(topic)).containsExactly("after"));
      node.awaitStatus(Health.Status.OK);
    }
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void otherNode_killedJustBefore_isWaitedFor_andDoesNotCount(GroupProtocol protocol)
      throws Exception {
    String topic = topic("stranger", protocol);
    kafka.create(topic, 2);
    KafkaSettings settings = settings(topic, protocol, "new");
    Process before =
        NodeMain.start(kafka.bootstrap(), settings.groupId(), "old", topic, protocol.name());
    before.destroyForcibly().waitFor();

    MemoryStore store = new MemoryStore();
    try (Node node = Node.start(settings, store)) {
      kafka.send(topic, "u1", "after");
      await()
          .atMost(Duration.ofSeconds(30))
          .failFast("a dead node was counted", () -> node.health().status() == Health.Status.DOWN)
          .untilAsserted(() -> assertThat(store.values(topic)).containsExactly("after"));
    }
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void twoNodes_bothSayClusterNeedsRedis_andReadNothing_untilOneIsGone(GroupProtocol protocol)
      throws Exception {
    String topic = topic("two", protocol);
    kafka.create(topic, 2);
    MemoryStore store = new MemoryStore();
    MemoryStore otherStore = new MemoryStore();
    try (Node node = Node.ready(settings(topic, protocol, "one"), store)) {
      kafka.send(topic, "u1", "before");
      awaitValues(store, topic, "before");
      try (Node other = Node.start(settings(topic, protocol, "two"), otherStore)) {
        other.awaitStatus(Health.Status.DOWN);
        node.awaitStatus(Health.Status.DOWN);
        assertThat(node.health().detail())
            .contains("CLUSTER_NEEDS_REDIS")
            .contains("realtime-two-consumer");
        assertThat(other.health().detail()).contains("realtime-one-consumer");
        for (int i = 0; i < 20; i++) {
          kafka.send(topic, "u" + i, "meanwhile");
        }
        await()
            .during(Duration.ofSeconds(2))
            .atMost(Duration.ofSeconds(5))
            .untilAsserted(
                () -> {
                  assertThat(store.values(topic)).containsExactly("before");
                  assertThat(otherStore.values(topic)).isEmpty();
                });
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(store.values(topic)).hasSize(21));
      node.awaitStatus(Health.Status.OK);
    }
  }

  private static String topic(String name, GroupProtocol protocol) {
    return "order." + name + "-" + protocol.name().toLowerCase(java.util.Locale.ROOT);
  }

  private KafkaSettings settings(String topics, GroupProtocol protocol, String node) {
    return NodeMain.settings(
        kafka.bootstrap(), "group-" + topics.replaceAll("[^a-z]", "-"), node, topics, protocol);
  }

  private static void awaitValues(MemoryStore store, String topic, String... values) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(store.values(topic)).isEqualTo(List.of(values)));
  }
}
