package io.realtime.verification.e2e;

import static io.realtime.verification.e2e.EventTableTest.order;
import static io.realtime.verification.harness.Clients.options;
import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import io.realtime.verification.harness.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Identity, rooms and the answers to what clients emit. */
@EndToEnd
class SocketContractTest {
  private final Stack stack;
  private final Service service;

  SocketContractTest(Stack stack) {
    this.stack = stack;
    this.service = stack.service();
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling", "polling,websocket", "websocket,polling"})
  void connect_anyTransports_isWelcomed(String transports) {
    String userId = unique("u");
    try (Client user =
        stack
            .clients()
            .socketIo(service.url(), options(Map.of("userId", userId), transports.split(",")))) {
      JsonNode welcome = user.connected().await("connection:success");
      assertThat(welcome.path("userId").asString()).isEqualTo(userId);
      assertThat(welcome.path("role").asString()).isNotBlank();
      assertThat(welcome.path("socketId").asString())
          .isEqualTo(user.awaitKind("connect").report().path("id").asString());
      stack.kafka().send("order.created", userId, order("o-1", userId));
      user.await("order:created");
    }
  }

  @Test
  void connect_withAToken_isThatUser() {
    Service jwt = stack.jwtService();
    String userId = unique("u");
    try (Client byAuth = jwtClient(jwt, Map.of("auth", Map.of("token", Tokens.user(userId))));
        Client byQuery = jwtClient(jwt, Map.of("query", Map.of("token", Tokens.user(userId))));
        Client byHeader =
            jwtClient(
                jwt,
                Map.of("extraHeaders", Map.of("Authorization", "Bearer " + Tokens.user(userId))))) {
      for (Client client : List.of(byAuth, byQuery, byHeader)) {
        assertThat(client.await("connection:success").path("userId").asString()).isEqualTo(userId);
      }
      stack.kafka().send("order.created", userId, order("o-1", userId));
      List.of(byAuth, byQuery, byHeader).forEach(client -> client.await("order:created"));
    }
  }

  @Test
  void connect_withAnotherUserIdThanTheToken_isRefused() {
    try (Client liar =
        jwtClient(
            stack.jwtService(),
            Map.of(
                "auth", Map.of("token", Tokens.user("u-1")), "query", Map.of("userId", "u-2")))) {
      assertThat(liar.awaitKind("connect_error").data().path("message").asString())
          .isEqualTo("Authentication failed");
    }
  }

  @Test
  void subscribeOrders_ownUser_bringsEachOrderOnce() {
    String userId = unique("u");
    try (Client user = stack.clients().user(service, userId).connected()) {
      JsonNode answer = user.emitAndAwait("subscribe:orders", "subscribed");
      assertThat(answer.path("room").asString()).isEqualTo("orders:" + userId);
      assertThat(answer.path("type").asString()).isEqualTo("orders");
      stack.kafka().send("order.created", userId, order("o-1", userId));
      stack.kafka().send("order.created", userId, order("o-2", userId));
      user.await("order:created", "orderId", "o-2");
      assertThat(user.events("order:created")).hasSize(2);
    }
  }

  @Test
  void unsubscribeOrders_ownUser_keepsOrdersComing() {
    String userId = unique("u");
    try (Client user = stack.clients().user(service, userId).connected()) {
      user.emitAndAwait("subscribe:orders", "subscribed");
      JsonNode answer = user.emitAndAwait("unsubscribe:orders", "unsubscribed");
      assertThat(answer.path("room").asString()).isEqualTo("orders:" + userId);
      stack.kafka().send("order.created", userId, order("o-1", userId));
      user.await("order:created");
    }
  }

  @Test
  void subscribeOrders_anotherUser_needsAdmin() {
    String watched = unique("u");
    try (Client user = stack.clients().user(service, unique("u")).connected();
        Client admin = stack.clients().admin(service, unique("boss")).connected()) {
      JsonNode refusal = user.emitAndAwait("subscribe:orders", "error", Map.of("userId", watched));
      assertThat(refusal.path("message").asString()).isNotBlank();
      assertThat(refusal.path("code").asString()).isNotBlank();
      admin.emitAndAwait("subscribe:orders", "subscribed", Map.of("userId", watched));

      stack.kafka().send("order.created", watched, order("o-1", watched));
      admin.await("order:created", "orderId", "o-1");
      String own = user.await("connection:success").path("userId").asString();
      stack.kafka().send("order.created", watched, order("fence", own));
      user.await("order:created", "orderId", "fence");
      assertThat(user.events("order:created")).hasSize(1);
    }
  }

  @Test
  void subscribeInventory_withAck_givesTheCallbackTheSameObject() {
    try (Client user = stack.clients().user(service, unique("u")).connected()) {
      JsonNode answer =
          user.ask("subscribe:inventory", Map.of("productIds", List.of("p-1", "p-2")));
      assertThat(answer).isEqualTo(user.await("subscribed"));
      assertThat(answer.path("rooms").values())
          .extracting(JsonNode::asString)
          .containsExactly("inventory:p-1", "inventory:p-2");
      assertThat(answer.path("type").asString()).isEqualTo("inventory");
      JsonNode left = user.ask("unsubscribe:inventory", Map.of("productIds", List.of("p-1")));
      assertThat(left.path("type").asString()).isEqualTo("inventory");
    }
  }

  @Test
  void admin_withoutTheRole_getsError() {
    String userId = unique("u");
    try (Client user = stack.clients().user(service, userId).connected();
        Client admin = stack.clients().admin(service, unique("boss")).connected()) {
      assertThat(user.emitAndAwait("subscribe:admin", "error").path("message").asString())
          .isEqualTo("Admin access required");
      assertThat(user.emitAndAwait("request:stats", "error").path("message").asString())
          .isEqualTo("Admin access required");
      assertThat(admin.emitAndAwait("subscribe:admin", "subscribed").path("room").asString())
          .isEqualTo("admin:dashboard");

      stack.kafka().send("order.created", userId, order("o-1", userId));
      user.await("order:created");
      admin.await("admin:order:created", "buyerId", userId);
      assertThat(user.events("admin:order:created")).isEmpty();
      assertThat(user.events("stats")).isEmpty();
    }
  }

  @Test
  void admin_withTheRoleInItsToken_getsTheFeedAndOthersDoNot() {
    Service jwt = stack.jwtService();
    String userId = unique("u");
    try (Client admin = jwtClient(jwt, Map.of("auth", Map.of("token", Tokens.admin("boss"))));
        Client user =
            jwtClient(
                jwt,
                Map.of(
                    "auth", Map.of("token", Tokens.user(userId)),
                    "query", Map.of("role", "admin")))) {
      assertThat(admin.await("connection:success").path("role").asString()).isEqualTo("admin");
      user.connected();
      assertThat(user.emitAndAwait("subscribe:admin", "error").path("message").asString())
          .isEqualTo("Admin access required");
      stack.kafka().send("order.created", userId, order("o-1", userId));
      admin.await("admin:order:created", "buyerId", userId);
      user.await("order:created");
      assertThat(user.events("admin:order:created")).isEmpty();
    }
  }

  @Test
  void stats_askedByAnAdmin_countConnectionsAndUsers() {
    String twice = unique("u");
    try (Client first = stack.clients().user(service, twice).connected();
        Client second = stack.clients().user(service, twice).connected();
        Client admin = stack.clients().admin(service, unique("boss")).connected()) {
      JsonNode stats = admin.emitAndAwait("request:stats", "stats");
      assertThat(stats.path("totalConnections").asInt()).isGreaterThanOrEqualTo(3);
      assertThat(stats.path("uniqueUsers").asInt())
          .isGreaterThanOrEqualTo(2)
          .isLessThan(stats.path("totalConnections").asInt());
      assertThat(stats.path("timestamp").asString()).isNotBlank();
      assertThat(first.count("disconnect") + second.count("disconnect")).isZero();
    }
  }

  private Client jwtClient(Service jwt, Map<String, ?> options) {
    Map<String, Object> all = new java.util.LinkedHashMap<>(options);
    all.put("transports", List.of("websocket"));
    return stack.clients().socketIo(jwt.url(), all);
  }
}
