package io.realtime.verification.e2e;

import static io.realtime.verification.harness.Json.json;
import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Rest;
import io.realtime.verification.harness.Rest.Answer;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import io.realtime.verification.harness.Tokens;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** REST-triggered events, health, stats and docs; every answer is as the document says. */
@EndToEnd
class RestTest {
  private final Stack stack;
  private final Service service;
  private final Rest rest;

  RestTest(Stack stack) {
    this.stack = stack;
    this.service = stack.service();
    this.rest = service.rest();
  }

  @Test
  void broadcastOrder_reachesTheUserAsIfFromKafka() {
    String userId = unique("u");
    try (Client user = stack.clients().user(service, userId).connected();
        Client admin = stack.clients().admin(service, unique("boss")).connected()) {
      Answer answer =
          rest.post(
              "/realtime/broadcast/order",
              json(
                  "{'userId': '%s', 'orderId': 'o-1', 'status': 'SHIPPED', 'previousStatus': 'PAID'}"
                      .formatted(userId)));
      assertAccepted(answer);
      JsonNode seen = user.await("order:updated");
      assertThat(seen.path("status").asString()).isEqualTo("SHIPPED");
      assertThat(seen.path("previousStatus").asString()).isEqualTo("PAID");
      assertThat(seen.path("eventId")).isEqualTo(answer.get("eventId"));
      assertThat(answer.get("connectedNow").asInt()).isEqualTo(1);
      admin.await("admin:order:updated", "userId", userId);
    }
  }

  @Test
  void broadcastInventory_reachesSubscribersAsIfFromKafka() {
    String product = unique("p");
    try (Client user = stack.clients().user(service, unique("u")).connected();
        Client admin = stack.clients().admin(service, unique("boss")).connected()) {
      user.emitAndAwait("subscribe:inventory", "subscribed");
      assertAccepted(
          rest.post(
              "/realtime/broadcast/inventory",
              json("{'productId': '%s', 'stock': 3, 'previousStock': 30}".formatted(product))));
      assertThat(user.await("inventory:updated", "productId", product).path("stock").asInt())
          .isEqualTo(3);
      admin.await("admin:inventory:updated", "productId", product);
      assertThat(admin.await("admin:alert", "productId", product).path("type").asString())
          .isEqualTo("LOW_STOCK");
    }
  }

  @Test
  void broadcastAdmin_reachesDashboardsOnly() {
    String mark = unique("m");
    String userId = unique("u");
    try (Client user = stack.clients().user(service, userId).connected();
        Client admin = stack.clients().admin(service, unique("boss")).connected()) {
      assertAccepted(
          rest.post(
              "/realtime/broadcast/admin",
              json("{'event': 'admin:maintenance', 'data': {'mark': '%s'}}".formatted(mark))));
      admin.await("admin:maintenance", "mark", mark);
      rest.post(
          "/realtime/test/notification",
          json("{'userId': '%s', 'message': 'fence'}".formatted(userId)));
      user.await("notification", "message", "fence");
      assertThat(user.events("admin:maintenance")).isEmpty();
    }
  }

  @Test
  void testNotification_reachesTheUser() {
    String userId = unique("u");
    try (Client user = stack.clients().user(service, userId).connected()) {
      Answer answer =
          rest.post(
              "/realtime/test/notification",
              json("{'userId': '%s', 'message': 'Hello', 'title': 'Hi'}".formatted(userId)));
      assertAccepted(answer);
      JsonNode seen = user.await("notification");
      assertThat(seen.path("message").asString()).isEqualTo("Hello");
      assertThat(seen.path("title").asString()).isEqualTo("Hi");
      assertThat(seen.path("eventId").asString()).startsWith("rest:");
    }
  }

  @Test
  void stats_countConnectionsOfAUser() {
    String userId = unique("aa");
    try (Client first = stack.clients().user(service, userId).connected();
        Client second = stack.clients().user(service, userId).connected()) {
      JsonNode stats = rest.get("/realtime/stats?limit=1000").json();
      assertThat(stats.path("userConnections").values())
          .filteredOn(entry -> entry.path("userId").asString().equals(userId))
          .singleElement()
          .satisfies(entry -> assertThat(entry.path("connectionCount").asInt()).isEqualTo(2));
      assertThat(first.count("disconnect") + second.count("disconnect")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
  void health_needsNoToken(String path) {
    Answer answer = stack.jwtService().rest().get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.get("status").asString()).isEqualTo("ok");
  }

  @Test
  void health_saysWhoItIs() {
    Answer answer = rest.get("/health");
    assertThat(answer.get("service").asString()).isEqualTo("realtime-service");
    assertThat(answer.get("uptime").isNumber()).isTrue();
    assertThat(rest.get("/health/ready").json().at("/checks/kafka/status").asString())
        .isEqualTo("ok");
  }

  @Test
  void stats_inJwtMode_needAnAdmin() {
    Rest jwt = stack.jwtService().rest();
    assertThat(jwt.get("/realtime/stats").status()).isEqualTo(401);
    assertThat(jwt.withToken(Tokens.user("u-1")).get("/realtime/stats").status()).isEqualTo(403);
    assertThat(jwt.withToken(Tokens.admin("boss")).get("/realtime/stats").status()).isEqualTo(200);
  }

  @Test
  void broadcast_inJwtMode_needsAnAdmin() {
    Rest jwt = stack.jwtService().rest();
    String body = json("{'userId': 'u-1', 'message': 'x'}");
    assertThat(jwt.post("/realtime/test/notification", body).status()).isEqualTo(401);
    Answer refused = jwt.withToken(Tokens.user("u-1")).post("/realtime/test/notification", body);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.contentType()).startsWith("application/problem+json");
    assertAccepted(jwt.withToken(Tokens.admin("boss")).post("/realtime/test/notification", body));
  }

  @Test
  void docs_areServed() {
    HttpResponse<String> page = rest.raw(rest.request("/api/docs"));
    assertThat(page.statusCode()).isIn(200, 301, 302, 308);
    HttpResponse<String> yaml = rest.raw(rest.request("/api/docs/openapi.yaml"));
    assertThat(yaml.statusCode()).isEqualTo(200);
    assertThat(yaml.body()).contains("openapi: 3.1");
  }

  private static void assertAccepted(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.get("success").asBoolean()).isTrue();
    assertThat(answer.get("eventId").asString()).startsWith("rest:");
    assertThat(answer.json().properties().stream().map(Map.Entry::getKey)).contains("connectedNow");
  }
}
