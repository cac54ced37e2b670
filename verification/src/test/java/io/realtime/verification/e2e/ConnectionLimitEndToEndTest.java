package io.realtime.verification.e2e;

import static io.realtime.verification.e2e.EventTableTest.order;
import static io.realtime.verification.harness.Clients.options;
import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.EventStream;
import io.realtime.verification.harness.Json;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many tabs of one user, of every kind that has a connection (abuse C3). */
@EndToEnd
class ConnectionLimitEndToEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Stack stack;

  ConnectionLimitEndToEndTest(Stack stack) {
    this.stack = stack;
  }

  private Client stock(Service service, String userId, String transport) {
    return stack.clients().socketIo(service.url(), options(Map.of("userId", userId), transport));
  }

  private static EventStream stream(Service service, String userId) throws Exception {
    return EventStream.open(service.url() + "/realtime/events?userId=" + userId, Optional.empty());
  }

  private static void assertTooMany(JsonNode error) {
    assertThat(error.path("message").asString()).isEqualTo("Too many connections of this user");
    assertThat(error.path("data").path("code").asString()).isEqualTo("TOO_MANY_CONNECTIONS");
  }

  @Test
  void user_withAllItsConnections_oneMoreOfAnyKindIsToldSo_andNoneOfTheOthersNotices()
      throws Exception {
    String userId = unique("tabs");
    Map<String, String> settings = Map.of("REALTIME_MAX_CONNECTIONS_PER_USER", "4");
    try (Service service = stack.ownService(unique("limit"), stack.kafka(), settings);
        Client first = stock(service, userId, "websocket").connected();
        Client second = stock(service, userId, "polling").connected();
        Client third = stack.clients().plain(service, "/", Map.of("userId", userId)).connected();
        EventStream fourth = stream(service, userId)) {
      await()
          .atMost(PATIENCE)
          .until(() -> fourth.events().stream().anyMatch(it -> it.name().endsWith(":success")));

      for (String transport : List.of("websocket", "polling")) {
        try (Client more = stock(service, userId, transport)) {
          assertTooMany(more.awaitKind("connect_error").data());
        }
      }
      try (Client more = stack.clients().plain(service, "/", Map.of("userId", userId))) {
        assertTooMany(more.await("connect_error"));
      }
      try (EventStream more = stream(service, userId)) {
        await().atMost(PATIENCE).until(more::ended);
        assertThat(more.events())
            .singleElement()
            .satisfies(it -> assertThat(it.name()).isEqualTo("connect_error"))
            .satisfies(it -> assertTooMany(Json.read(it.data())));
      }

      stack.kafka().send("order.created", userId, order("o-1", userId));
      for (Client client : List.of(first, second, third)) {
        client.await("order:created", "orderId", "o-1");
        assertThat(client.count("disconnect")).isZero();
      }
      await()
          .atMost(PATIENCE)
          .until(() -> fourth.events().stream().anyMatch(it -> it.name().equals("order:created")));

      first.disconnect();
      first.awaitKind("disconnect");
      await()
          .atMost(PATIENCE)
          .until(() -> service.rest().get("/realtime/stats").get("totalConnections").asInt() == 3);
      stock(service, userId, "websocket").connected().close();
    }
  }
}
