package io.realtime.verification.e2e;

import static io.realtime.verification.e2e.EventTableTest.order;
import static io.realtime.verification.harness.Clients.options;
import static io.realtime.verification.harness.Json.json;
import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Kafka;
import io.realtime.verification.harness.Rest.Answer;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** The broker dies under the running service and comes back. */
@EndToEnd
@Isolated
class BrokerLossTest {
  private final Stack stack;

  BrokerLossTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  @Timeout(150)
  void broker_killedAndRestarted_losesNothingAcknowledgedAndDropsNobody() throws Exception {
    String userId = unique("u");
    try (Kafka kafka = stack.ownKafka("broker-loss");
        Service service = stack.ownService("loss", kafka, Map.of());
        Client user = stack.clients().user(service, userId);
        Client poller =
            stack.clients().socketIo(service.url(), options(Map.of("userId", userId), "polling"))) {
      user.connected();
      poller.connected();
      long pid = service.pid();
      Map<String, Future<RecordMetadata>> sent = new LinkedHashMap<>();
      produce(kafka, userId, "before", sent);
      assertAcknowledged(sent);
      produce(kafka, userId, "during", sent);

      kafka.broker().kill();

      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(() -> assertThat(service.readiness()).isEqualTo("degraded"));
      assertThat(service.rest().get("/health/ready").body()).contains("kafka");
      assertThat(service.rest().get("/health/live").status()).isEqualTo(200);
      Answer refused =
          service
              .rest()
              .post(
                  "/realtime/test/notification",
                  json("{'userId': '%s', 'message': 'unconfirmed'}".formatted(userId)));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.raw().headers().firstValue("retry-after")).isPresent();

      kafka.broker().start();
      produce(kafka, userId, "after", sent);

      List<String> acknowledged = acknowledged(sent);
      assertThat(acknowledged).hasSizeGreaterThan(sent.size() / 2);
      for (Client client : List.of(user, poller)) {
        acknowledged.forEach(orderId -> client.await("order:created", "orderId", orderId));
        assertThat(client.count("disconnect")).isZero();
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(service.readiness()).isEqualTo("ok"));
      assertThat(service.alive()).isTrue();
      assertThat(service.pid()).isEqualTo(pid);
    }
  }

  private static void produce(
      Kafka kafka, String userId, String when, Map<String, Future<RecordMetadata>> sent) {
    for (int i = 0; i < 100; i++) {
      String orderId = when + "-" + i;
      sent.put(orderId, kafka.sendLater("order.created", userId, order(orderId, userId)));
    }
  }

  private static void assertAcknowledged(Map<String, Future<RecordMetadata>> sent)
      throws Exception {
    for (Future<RecordMetadata> ack : sent.values()) {
      ack.get(30, TimeUnit.SECONDS);
    }
  }

  /** Those that the broker has confirmed; the others may have been lost with it. */
  private static List<String> acknowledged(Map<String, Future<RecordMetadata>> sent)
      throws InterruptedException, TimeoutException {
    List<String> confirmed = new ArrayList<>();
    for (Map.Entry<String, Future<RecordMetadata>> entry : sent.entrySet()) {
      try {
        entry.getValue().get(70, TimeUnit.SECONDS);
        confirmed.add(entry.getKey());
      } catch (ExecutionException e) {
        // Not confirmed: no promise was made.
        assertThat(e).hasCauseInstanceOf(org.apache.kafka.common.KafkaException.class);
      }
    }
    return confirmed;
  }
}
