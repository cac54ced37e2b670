package io.realtime.verification.e2e;

import static io.realtime.verification.e2e.EventTableTest.notification;
import static io.realtime.verification.e2e.EventTableTest.order;
import static io.realtime.verification.harness.Clients.options;
import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What happens while a user is away is there when the user is back. */
@EndToEnd
class ReconnectTest {
  private final Stack stack;
  private final Service service;

  ReconnectTest(Stack stack) {
    this.stack = stack;
    this.service = stack.service();
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling"})
  void orders_whileTheUserIsAway_comeInOrderOnReturn(String transport) {
    String userId = unique("u");
    List<String> missed = IntStream.range(0, 150).mapToObj(i -> "missed-" + i).toList();
    try (Client before =
        stack.clients().socketIo(service.url(), options(Map.of("userId", userId), transport))) {
      before.connected();
      stack.kafka().send("order.created", userId, order("seen", userId));
      before.await("order:created", "orderId", "seen");
      before.disconnect();
    }
    for (String orderId : missed) {
      stack.kafka().send("order.created", userId, order(orderId, userId));
    }
    stack.kafka().send("order.created", userId, order("last", userId));
    fence(userId);

    try (Client after =
        stack.clients().socketIo(service.url(), options(Map.of("userId", userId), transport))) {
      after.await("order:created", "orderId", "last");
      List<String> seen = orders(after);
      List<String> expected = new ArrayList<>(missed);
      expected.add("last");
      assertThat(seen).containsSubsequence(expected);
      assertThat(seen).doesNotHaveDuplicates();
    }
  }

  @Test
  void connection_cutBelowTheLibrary_losesNothing() {
    String userId = unique("u");
    try (Client user = stack.clients().user(service, userId).connected()) {
      user.cut();
      user.awaitKind("disconnect");
      for (int i = 0; i < 20; i++) {
        stack.kafka().send("order.created", userId, order("o-" + i, userId));
      }
      user.awaitKind("connect", 2);
      user.await("order:created", "orderId", "o-19");
      assertThat(orders(user).stream().distinct())
          .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> "o-" + i).toList());
    }
  }

  @Test
  void eventsOfOneUser_onSeveralTopics_areAllKept() {
    String userId = unique("u");
    stack.kafka().send("order.created", userId, order("o-1", userId));
    stack.kafka().send("notification.general", userId, notification(userId, "n-1"));
    try (Client user = stack.clients().plain(service, "/", Map.of("userId", userId))) {
      user.await("order:created", "orderId", "o-1");
      user.await("notification", "message", "n-1");
    }
  }

  /** Returns when everything that was produced before for this key has been taken in. */
  private void fence(String key) {
    String witnessId = unique("w");
    try (Client witness = stack.clients().user(service, witnessId).connected()) {
      stack.kafka().send("order.created", key, order("fence", witnessId));
      witness.await("order:created", "orderId", "fence");
    }
  }

  private static List<String> orders(Client client) {
    return client.events("order:created").stream()
        .map((JsonNode payload) -> payload.path("orderId").asString())
        .toList();
  }
}
