package io.realtime.verification.e2e;

import static io.realtime.verification.e2e.EventTableTest.notification;
import static io.realtime.verification.e2e.EventTableTest.order;
import static io.realtime.verification.e2e.EventTableTest.stock;
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

/** The same identity, rooms and events for a WebSocket without Socket.IO. */
@EndToEnd
class PlainWebSocketTest {
  private final Stack stack;
  private final Service service;

  PlainWebSocketTest(Stack stack) {
    this.stack = stack;
    this.service = stack.service();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/ws"})
  void user_getsPersonalEvents(String path) {
    String userId = unique("u");
    try (Client user = stack.clients().plain(service, path, Map.of("userId", userId))) {
      user.connected();
      assertThat(user.await("connection:success").path("userId").asString()).isEqualTo(userId);
      stack.kafka().send("order.created", userId, order("o-1", userId));
      assertThat(user.await("order:created").path("orderId").asString()).isEqualTo("o-1");
      stack.kafka().send("notification.general", userId, notification(userId, "Hello"));
      user.await("notification", "message", "Hello");
    }
  }

  @Test
  void subscriptions_areAnsweredWithTheirId() {
    String product = unique("p");
    try (Client user =
        stack.clients().plain(service, "/", Map.of("userId", unique("u"))).connected()) {
      user.send(
          """
          {"event": "subscribe:inventory", "data": {"productIds": ["%s"]}, "id": "7"}
          """
              .formatted(product));
      JsonNode answer = user.await("subscribed");
      assertThat(answer.path("rooms").path(0).asString()).isEqualTo("inventory:" + product);
      stack.kafka().send("inventory.updated", product, stock(product, 70));
      user.await("inventory:updated", "productId", product);
    }
  }

  @Test
  void admin_getsTheFeed_andOthersGetError() {
    String userId = unique("u");
    try (Client admin =
            stack.clients().plain(service, "/", Map.of("userId", "boss", "role", "admin"));
        Client user = stack.clients().plain(service, "/", Map.of("userId", userId))) {
      List.of(admin, user).forEach(Client::connected);
      assertThat(user.emitAndAwait("subscribe:admin", "error").path("message").asString())
          .isEqualTo("Admin access required");
      stack.kafka().send("order.created", userId, order("o-1", userId));
      admin.await("admin:order:created", "buyerId", userId);
      user.await("order:created");
      assertThat(user.events("admin:order:created")).isEmpty();
    }
  }

  @Test
  void token_inTheQuery_isTheUser() {
    String userId = unique("u");
    try (Client user =
        stack
            .clients()
            .plain(stack.jwtService(), "/", Map.of("token", Tokens.user(userId)))
            .connected()) {
      stack.kafka().send("order.created", userId, order("o-1", userId));
      user.await("order:created");
    }
  }

  @Test
  void noIdentity_isToldWhyAndClosed() {
    try (Client nobody = stack.clients().plain(service, "/", Map.of())) {
      nobody.awaitKind("disconnect");
      assertThat(nobody.snapshot().toString()).contains("userId is required");
    }
  }
}
