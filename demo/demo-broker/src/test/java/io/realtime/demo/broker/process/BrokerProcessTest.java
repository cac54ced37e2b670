package io.realtime.demo.broker.process;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessTest {
  @TempDir private Path directory;

  @Test
  void firstWrite_createsTopicWithThreePartitions_andSurvivesKill() throws Exception {
    try (BrokerProcess broker =
        BrokerProcess.builder().dataDir(directory.resolve("kafka")).build().start()) {
      assertThat(send(broker, "first").offset()).isZero();
      assertThat(partitions(broker)).isEqualTo(3);
      long before = broker.pid();

      broker.kill();
      assertThat(broker.isAlive()).isFalse();
      broker.restart();

      assertThat(broker.pid()).isNotEqualTo(before);
      assertThat(send(broker, "second").offset()).isEqualTo(1);
    }
  }

  @Test
  void takenPort_isOneClearLine() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        BrokerProcess broker =
            BrokerProcess.builder()
                .dataDir(directory.resolve("kafka"))
                .port(other.getLocalPort())
                .build()) {
      assertThatThrownBy(broker::start)
          .isInstanceOf(BrokerFailedException.class)
          .hasMessage(
              "kafka broker: port "
                  + other.getLocalPort()
                  + " on 127.0.0.1 is taken: choose another or stop what uses it");
      assertThat(broker.isAlive()).isFalse();
    }
  }

  @Test
  void wrongClassPath_saysWhatTheChildSaid() {
    try (BrokerProcess broker =
        BrokerProcess.builder()
            .dataDir(directory.resolve("kafka"))
            .libFolder(directory.resolve("nothing-here"))
            .build()) {
      assertThatThrownBy(broker::start)
          .isInstanceOf(BrokerFailedException.class)
          .hasMessageContaining("ended while it started")
          .hasMessageContaining("io.realtime.demo.broker.BrokerMain");
    }
  }

  private static RecordMetadata send(BrokerProcess broker, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrap()),
            new StringSerializer(),
            new StringSerializer())) {
      return producer.send(new ProducerRecord<>("order.created", "user-1", value)).get(30, SECONDS);
    }
  }

  private static int partitions(BrokerProcess broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      return requireNonNull(
              admin
                  .describeTopics(List.of("order.created"))
                  .allTopicNames()
                  .get(30, SECONDS)
                  .get("order.created"))
          .partitions()
          .size();
    }
  }
}
