package io.realtime.notify.kafka.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.realtime.demo.broker.process.BrokerProcess;
import io.realtime.notify.core.health.Health;
import io.realtime.notify.core.ingest.IngressPublisher;
import io.realtime.notify.kafka.ingress.KafkaIngressPublisher;
import io.realtime.notify.kafka.testing.Kafka;
import io.realtime.notify.kafka.testing.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker goes, the service stays. */
class BrokerOutageTest {
  @TempDir private Path directory;

  @Test
  void brokerKilled_losesNothingAcknowledged_andNeedsNoRestart() throws Exception {
    String topic = "order.killed";
    MemoryStore store = new MemoryStore();
    try (Kafka kafka = Kafka.start(directory)) {
      kafka.create(topic, 1);
      try (Node node = Node.ready(Node.settings(kafka.bootstrap(), topic), store)) {
        List<Future<RecordMetadata>> offered = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          offered.add(kafka.offer(topic, "u1", Integer.toString(i)));
        }
        offered.get(50).get();
        kafka.broker().kill();
        node.awaitStatus(Health.Status.DEGRADED);
        assertThat(node.health().detail())
            .contains("cannot read from " + kafka.bootstrap())
            .contains("none is lost");
        kafka.broker().start();
        for (int i = 200; i < 300; i++) {
          offered.add(kafka.offer(topic, "u1", Integer.toString(i)));
        }
        List<String> acknowledged = new ArrayList<>();
        for (int i = 0; i < offered.size(); i++) {
          offered.get(i).get();
          acknowledged.add(Integer.toString(i));
        }

        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(store.values(topic)).containsAll(acknowledged));
        assertThat(store.values(topic)).doesNotHaveDuplicates();
        node.awaitStatus(Health.Status.OK);
      }
    }
  }

  @Test
  void brokerDownAtStart_isDegraded_thenComesUpByItself() throws Exception {
    String topic = "order.down";
    MemoryStore store = new MemoryStore();
    BrokerProcess absent = BrokerProcess.builder().dataDir(directory.resolve("kafka")).build();
    try (Node node = Node.start(Node.settings(absent.bootstrap(), topic), store);
        KafkaIngressPublisher ingress =
            new KafkaIngressPublisher(Node.settings(absent.bootstrap(), topic))) {
      assertThat(node.health().status()).isEqualTo(Health.Status.STARTING);
      node.awaitStatus(Health.Status.DEGRADED);
      assertThat(node.health().detail()).contains("cannot read from " + absent.bootstrap());
      var event =
          new IngressPublisher.IngressEvent("order.updated", "rest:1", "u1", new byte[] {1});
      assertThatThrownBy(() -> ingress.publish(event).toCompletableFuture().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IngressPublisher.IngressUnavailableException.class);

      try (Kafka kafka = Kafka.start(directory, builder -> builder.port(absent.port()))) {
        node.awaitStatus(Health.Status.OK);
        kafka.create(topic, 1);
        kafka.send(topic, "u1", "came after all");
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() -> assertThat(store.values(topic)).containsExactly("came after all"));
        ingress.publish(event).toCompletableFuture().get();
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() -> assertThat(store.resolved("realtime.ingress")).hasSize(1));
      }
    }
  }
}
