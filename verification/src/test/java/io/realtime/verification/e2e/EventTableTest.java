package io.realtime.verification.e2e;

import static io.realtime.verification.harness.Json.json;
import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Kafka;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Every row of the event table, from a real Kafka record to the stock client. */
@EndToEnd
class EventTableTest {
  private final Stack stack;
  private final Kafka kafka;
  private final Service service;

  EventTableTest(Stack stack) {
    this.stack = stack;
    this.kafka = stack.kafka();
    this.service = stack.service();
  }

  @ParameterizedTest
  @CsvSource({
    "order.created, order:created",
    "order.updated, order:updated",
    "order.cancelled, order:cancelled",
    "order.shipped, order:shipped",
  })
  void order_fromKafka_reachesItsUserAndAdminsOnly(String topic, String event) {
    String buyer = unique("buyer");
    String other = unique("other");
    try (Client user = stack.clients().user(service, buyer);
        Client stranger = stack.clients().user(service, other);
        Client admin = stack.clients().admin(service, unique("boss"))) {
      List.of(user, stranger, admin).forEach(Client::connected);

      RecordMetadata at = kafka.send(topic, "one-key", order("o-1", buyer));
      kafka.send(topic, "one-key", order("o-2", other));

      JsonNode seen = user.await(event);
      assertThat(seen.path("orderId").asString()).isEqualTo("o-1");
      assertThat(seen.path("items").path(0).path("sku").asString()).isEqualTo("A-1");
      assertThat(seen.path("eventId").asString())
          .isEqualTo(topic + ":" + at.partition() + ":" + at.offset());
      assertThat(Instant.parse(seen.path("timestamp").asString())).isBefore(Instant.now());
      assertThat(seen.path("message").asString()).isNotBlank();
      assertThat(admin.await("admin:" + event, "buyerId", buyer).path("eventId"))
          .isEqualTo(seen.path("eventId"));

      // The stranger's own order came behind it on the same partition: the fence.
      stranger.await(event, "orderId", "o-2");
      assertThat(stranger.events(event)).hasSize(1);
      assertThat(stranger.events("admin:" + event)).isEmpty();
    }
  }

  @Test
  void order_onATopicCreatedLater_reachesItsUserWithoutARestart() {
    String buyer = unique("buyer");
    String kind = unique("returned");
    try (Client user = stack.clients().user(service, buyer).connected()) {
      kafka.send("order." + kind, buyer, order("o-9", buyer));
      assertThat(user.await("order:" + kind).path("orderId").asString()).isEqualTo("o-9");
    }
  }

  @Test
  void order_withNumericIds_isRoutedAsTextAndKeepsItsTypes() {
    String buyer = Integer.toString(1_000_000 + Math.abs(unique("n").hashCode() % 1_000_000));
    try (Client user = stack.clients().user(service, buyer).connected()) {
      kafka.send("order.created", buyer, json("{'orderId': 77, 'userId': " + buyer + "}"));
      JsonNode seen = user.await("order:created");
      assertThat(seen.path("orderId").isIntegralNumber()).isTrue();
      assertThat(seen.path("userId").isIntegralNumber()).isTrue();
    }
  }

  @Test
  void inventory_fromKafka_reachesSubscribersOfAllAndOfTheProduct() {
    String product = unique("p");
    try (Client all = stack.clients().user(service, unique("u"));
        Client one = stack.clients().user(service, unique("u"));
        Client none = stack.clients().user(service, unique("u"));
        Client admin = stack.clients().admin(service, unique("boss"))) {
      List.of(all, one, none, admin).forEach(Client::connected);
      all.emitAndAwait("subscribe:inventory", "subscribed");
      one.emitAndAwait("subscribe:inventory", "subscribed", Map.of("productIds", List.of(product)));

      kafka.send("inventory.updated", product, stock("another-" + product, 90));
      kafka.send("inventory.updated", product, stock(product, 80));

      all.await("inventory:updated", "productId", "another-" + product);
      JsonNode seen = all.await("inventory:updated", "productId", product);
      assertThat(seen.path("stock").asInt()).isEqualTo(80);
      one.await("inventory:updated", "productId", product);
      assertThat(one.events("inventory:updated")).hasSize(1);
      admin.await("admin:inventory:updated", "productId", product);

      kafka.send("order.created", product, order("fence", idOf(none)));
      none.await("order:created");
      assertThat(none.events("inventory:updated")).isEmpty();
    }
  }

  @Test
  void stock_crossingTheThresholds_raisesOneAlertForEachCrossing() {
    String product = unique("p");
    try (Client admin = stack.clients().admin(service, unique("boss")).connected()) {
      for (int level : List.of(50, 9, 8, 0, 0, 40, 0, 60)) {
        kafka.send("inventory.updated", product, stock(product, level));
      }
      admin.await(
          "admin:inventory:updated",
          seen -> isOf(product, seen) && seen.path("stock").asInt() == 60);
      List<String> alerts =
          admin.events("admin:alert").stream()
              .filter(alert -> isOf(product, alert))
              .map(alert -> alert.path("type").asString())
              .toList();
      assertThat(alerts).containsExactly("LOW_STOCK", "OUT_OF_STOCK", "OUT_OF_STOCK");
      JsonNode first =
          admin.events("admin:alert").stream()
              .filter(a -> isOf(product, a))
              .findFirst()
              .orElseThrow();
      assertThat(first.path("severity").asString()).isNotBlank();
      assertThat(first.path("message").asString()).isNotBlank();
    }
  }

  @Test
  void stock_firstSeenBelowAThreshold_believesPreviousStock() {
    String known = unique("p");
    String unknown = unique("p");
    try (Client admin = stack.clients().admin(service, unique("boss")).connected()) {
      kafka.send(
          "inventory.updated",
          known,
          json("{'productId': '" + known + "', 'stock': 5, 'previousStock': 6}"));
      kafka.send("inventory.updated", unknown, stock(unknown, 5));
      kafka.send("inventory.updated", known, stock(known, 60));
      admin.await("admin:alert", alert -> isOf(unknown, alert));
      admin.await(
          "admin:inventory:updated", seen -> isOf(known, seen) && seen.path("stock").asInt() == 60);
      assertThat(admin.events("admin:alert")).noneMatch(alert -> isOf(known, alert));
    }
  }

  @ParameterizedTest
  @CsvSource({"product.created, product:created", "product.updated, product:updated"})
  void product_fromKafka_reachesSubscribersAndAdmins(String topic, String event) {
    String product = unique("p");
    try (Client all = stack.clients().user(service, unique("u"));
        Client one = stack.clients().user(service, unique("u"));
        Client admin = stack.clients().admin(service, unique("boss"))) {
      List.of(all, one, admin).forEach(Client::connected);
      all.emitAndAwait("subscribe:inventory", "subscribed");
      one.emitAndAwait("subscribe:inventory", "subscribed", Map.of("productIds", List.of(product)));

      kafka.send(topic, product, json("{'product': {'id': '" + product + "', 'name': 'Tea'}}"));

      for (Client subscriber : List.of(all, one)) {
        JsonNode seen =
            subscriber.await(
                event, payload -> payload.at("/product/id").asString("").equals(product));
        assertThat(seen.at("/product/name").asString()).isEqualTo("Tea");
      }
      admin.await(
          "admin:" + event, payload -> payload.at("/product/id").asString("").equals(product));
    }
  }

  @Test
  void notification_fromKafka_reachesItsUserOnly() {
    String userId = unique("u");
    String other = unique("u");
    try (Client user = stack.clients().user(service, userId);
        Client stranger = stack.clients().user(service, other);
        Client admin = stack.clients().admin(service, unique("boss"))) {
      List.of(user, stranger, admin).forEach(Client::connected);
      kafka.send("notification.general", "one-key", notification(userId, "Price drop"));
      kafka.send("notification.general", "one-key", notification(other, "fence"));

      assertThat(user.await("notification").path("message").asString()).isEqualTo("Price drop");
      stranger.await("notification", "message", "fence");
      assertThat(stranger.events("notification")).hasSize(1);
      assertThat(admin.events("notification")).isEmpty();
    }
  }

  @Test
  void payload_fromKafka_keepsItsTextAndOrder() {
    String buyer = unique("buyer");
    String fields =
        "\"zeta\":1.50,\"orderId\":\"o-\\u00fc\",\"buyerId\":\""
            + buyer
            + "\",\"big\":12345678901234567890,\"alpha\":[1e3,null]";
    try (Client user = stack.clients().plain(service, "/", Map.of("userId", buyer)).connected()) {
      kafka.send("order.created", buyer, "{" + fields + "}");
      user.await("order:created");
      String text =
          user.snapshot().stream()
              .filter(happening -> happening.event().equals("order:created"))
              .map(happening -> happening.report().at("/rest/text").asString())
              .findFirst()
              .orElseThrow();
      assertThat(text).contains(fields);
    }
  }

  @Test
  void ownFields_ofTheSource_areKept() {
    String buyer = unique("buyer");
    try (Client user = stack.clients().user(service, buyer).connected()) {
      RecordMetadata at =
          kafka.send(
              "order.created",
              buyer,
              json(
                  "{'orderId': 'o', 'buyerId': '%s', 'eventId': 'theirs', 'message': 'mine',"
                          .formatted(buyer)
                      + " 'timestamp': '2020-01-01T00:00:00Z'}"));
      JsonNode seen = user.await("order:created");
      assertThat(seen.path("eventId").asString())
          .isEqualTo("order.created:" + at.partition() + ":" + at.offset());
      assertThat(seen.path("sourceEventId").asString()).isEqualTo("theirs");
      assertThat(seen.path("message").asString()).isEqualTo("mine");
      assertThat(seen.path("timestamp").asString()).isEqualTo("2020-01-01T00:00:00Z");
    }
  }

  static String order(String orderId, String buyerId) {
    return json(
        "{'orderId': '%s', 'buyerId': '%s', 'status': 'PAID', 'items': [{'sku': 'A-1'}]}"
            .formatted(orderId, buyerId));
  }

  static String stock(String productId, int level) {
    return json("{'productId': '%s', 'stock': %d}".formatted(productId, level));
  }

  static String notification(String userId, String message) {
    return json("{'userId': '%s', 'message': '%s'}".formatted(userId, message));
  }

  private static boolean isOf(String product, JsonNode payload) {
    return payload.path("productId").asString("").equals(product);
  }

  private static String idOf(Client client) {
    return client.await("connection:success").path("userId").asString();
  }
}
