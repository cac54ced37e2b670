package io.realtime.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.catalogue.EventCatalogue;
import io.realtime.notify.core.catalogue.Incoming;
import io.realtime.notify.core.catalogue.IngressHeaders;
import io.realtime.notify.core.catalogue.TopicRules;
import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.ingest.IngressPublisher.IngressEvent;
import io.realtime.notify.core.ingest.IngressPublisher.IngressUnavailableException;
import io.realtime.socketio.server.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BroadcastTest {
  private final Api api = new Api();

  /** Whatever is published must be something that the catalogue delivers. */
  @AfterEach
  void everythingPublishedCanBeDelivered() {
    api.close();
    for (IngressEvent event : api.published) {
      Map<String, byte[]> headers =
          Map.of(
              IngressHeaders.TYPE, event.type().getBytes(StandardCharsets.UTF_8),
              IngressHeaders.EVENT_ID, event.eventId().getBytes(StandardCharsets.UTF_8));
      Incoming record =
          new Incoming(
              TopicRules.INGRESS,
              0,
              0,
              0,
              Instant.EPOCH,
              event.value(),
              name -> Optional.ofNullable(headers.get(name)));
      assertThat(EventCatalogue.standard().route(record))
          .isInstanceOfSatisfying(
              Verdict.Deliver.class,
              deliver -> assertThat(deliver.event().eventId()).isEqualTo(event.eventId()));
    }
  }

  private static String text(IngressEvent event) {
    return new String(event.value(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/realtime/broadcast/order | {\"userId\":\"u1\",\"orderId\":\"o1\",\"status\":\"paid\"} |"
            + " order.updated | u1 | 2",
        "/realtime/broadcast/order |"
            + " {\"orderId\":9,\"userId\":42,\"status\":\"x\",\"previousStatus\":\"y\"} |"
            + " order.updated | 42 | 5",
        "/realtime/broadcast/inventory | {\"productId\":\"p1\",\"stock\":5} |"
            + " inventory.updated | p1 | 7",
        "/realtime/broadcast/inventory |"
            + " {\"stock\":0.50,\"productId\":8,\"previousStock\":1,\"sku\":\"s\",\"productName\":\"n\"}"
            + " | inventory.updated | 8 | 0",
        "/realtime/broadcast/order |"
            + " {\"userId\":-0,\"orderId\":9223372036854775807,\"status\":\"\\u00e9\"} |"
            + " order.updated | 0 | 0",
        "/realtime/broadcast/admin | {\"event\":\"admin:x\",\"data\":{\"deep\":[{}]}} |"
            + " admin.broadcast | admin.broadcast | 3",
        "/realtime/test/notification | {\"userId\":\"u1\",\"message\":\"hi\"} |"
            + " notification.test | u1 | 2",
        "/realtime/test/notification | {\"userId\":\"away\",\"message\":\"hi\",\"title\":\"t\"} |"
            + " notification.test | away | 0",
      })
  void validBody_isPublishedByteForByteAndAnsweredAfterTheAck(
      String path, String body, String type, String key, int connectedNow) {
    api.users.put("u1", 2);
    api.users.put("42", 5);
    HttpReply reply = api.post(path, body);
    assertThat(reply.status()).isEqualTo(200);
    IngressEvent event = api.published.getFirst();
    assertThat(event.type()).isEqualTo(type);
    assertThat(event.key()).isEqualTo(key);
    assertThat(text(event)).isEqualTo(body);
    JsonNode answer = Api.json(reply);
    assertThat(answer.path("success").asBoolean()).isTrue();
    assertThat(answer.path("eventId").asString()).isEqualTo(event.eventId());
    assertThat(answer.path("connectedNow").asInt()).isEqualTo(connectedNow);
  }

  @Test
  void adminEvent_atItsLimit_isPublished() {
    String event = "admin:" + "x".repeat(120);
    assertThat(api.post(Api.ADMIN, "{\"event\":\"" + event + "\",\"data\":{}}").status())
        .isEqualTo(200);
  }

  @Test
  void eventIds_areNewEveryTime() {
    IntStream.range(0, 50).forEach(i -> api.post(Api.ORDER, Api.VALID_ORDER));
    assertThat(api.published.stream().map(IngressEvent::eventId).distinct()).hasSize(50);
  }

  @Test
  void nothingIsAnswered_beforeTheAck() {
    CompletableFuture<Void> ack = new CompletableFuture<>();
    api.kafka = event -> ack;
    FakeExchange exchange = api.start("POST", Api.ORDER, Api.VALID_ORDER);
    org.awaitility.Awaitility.await().until(() -> !api.published.isEmpty());
    assertThat(exchange.answered()).isFalse();
    ack.complete(null);
    assertThat(exchange.await().status()).isEqualTo(200);
  }

  private void assertUnconfirmed(HttpReply reply) {
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers().first("retry-after")).hasValue("5");
    assertThat(Api.json(reply).path("detail").asString()).contains("may still be delivered");
    assertThat(Api.json(reply).path("instance").asString()).startsWith("urn:realtime:request:");
  }

  @Test
  void kafkaDown_answers503WithRetryAfter() {
    api.kafka =
        event ->
            CompletableFuture.failedStage(
                new IngressUnavailableException("no broker", new IllegalStateException()));
    assertUnconfirmed(api.post(Api.ORDER, Api.VALID_ORDER));
  }

  @Test
  void kafkaDownAtOnce_answers503WithRetryAfter() {
    api.kafka =
        event -> {
          throw new IngressUnavailableException("closed", new IllegalStateException());
        };
    assertUnconfirmed(api.post(Api.ORDER, Api.VALID_ORDER));
  }

  @Test
  void kafkaNeverConfirms_answers503AfterTheTimeout() {
    api.confirmTimeout = Duration.ofMillis(50);
    api.kafka = event -> new CompletableFuture<>();
    assertUnconfirmed(api.post(Api.ORDER, Api.VALID_ORDER));
  }

  @Test
  void publisherFailsUnexpectedly_answers500WithoutItsReason() {
    api.kafka =
        event -> {
          throw new IllegalStateException("secret inner detail");
        };
    HttpReply reply = api.post(Api.ORDER, Api.VALID_ORDER);
    assertThat(reply.status()).isEqualTo(500);
    assertThat(new String(reply.body(), StandardCharsets.UTF_8)).doesNotContain("secret");
  }

  @Test
  void concurrency_atItsLimitAndPastIt() {
    api.maxConcurrent = 2;
    CompletableFuture<Void> ack = new CompletableFuture<>();
    api.kafka = event -> ack;
    FakeExchange first = api.start("POST", Api.ORDER, Api.VALID_ORDER);
    FakeExchange second = api.start("POST", Api.ORDER, Api.VALID_ORDER);
    HttpReply third = api.post(Api.ORDER, Api.VALID_ORDER);
    assertThat(third.status()).isEqualTo(503);
    assertThat(third.headers().first("retry-after")).hasValue("1");
    assertThat(api.get("/health/ready").status()).isEqualTo(200);
    ack.complete(null);
    assertThat(first.await().status()).isEqualTo(200);
    assertThat(second.await().status()).isEqualTo(200);
    org.awaitility.Awaitility.await()
        .until(() -> api.post(Api.ORDER, Api.VALID_ORDER).status() == 200);
  }

  @Test
  void closed_answers503() {
    api.rest().close();
    assertThat(api.post(Api.ORDER, Api.VALID_ORDER).status()).isEqualTo(503);
  }
}
