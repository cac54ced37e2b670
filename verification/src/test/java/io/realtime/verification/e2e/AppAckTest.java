package io.realtime.verification.e2e;

import static io.realtime.verification.e2e.EventTableTest.order;
import static io.realtime.verification.harness.Clients.options;
import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Only the application proves receipt. */
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppAckTest {
  private static final String CREATED = "order:created";
  private final Stack stack;
  private final Service service;

  AppAckTest(Stack stack) {
    this.stack = stack;
    this.service = stack.ownService("app-ack", stack.kafka(), Map.of("DELIVERY_PROOF", "app-ack"));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private Client stock(String userId, boolean answers) {
    Map<String, Object> options = options(Map.of("userId", userId), "websocket");
    options.put("answers", answers);
    return stack.clients().socketIo(service.url(), options);
  }

  @Test
  void stockClient_answers_hasIt_andWithoutAnswerItComesAgain() {
    String userId = unique("u");
    try (Client silent = stock(userId, false).connected()) {
      stack.kafka().send("order.created", userId, order("o-1", userId));
      silent.await(CREATED, "orderId", "o-1");
    }
    try (Client answering = stock(userId, true)) {
      answering.await(CREATED, "orderId", "o-1");
      stack.kafka().send("order.created", userId, order("o-2", userId));
      answering.await(CREATED, "orderId", "o-2");
      answering.ask("inbox:ack", Map.of("ids", List.of()));
    }
    try (Client last = stock(userId, true).connected()) {
      stack.kafka().send("order.created", userId, order("o-3", userId));
      last.await(CREATED, "orderId", "o-3");
      assertThat(last.events(CREATED)).hasSize(1);
    }
  }

  @Test
  void plainWebSocket_namesExactIds_theOthersComeAgain() {
    String userId = unique("u");
    try (Client plain = stack.clients().plain(service, "/", Map.of("userId", userId)).connected()) {
      stack.kafka().send("order.created", userId, order("o-1", userId));
      stack.kafka().send("order.created", userId, order("o-2", userId));
      plain.await(CREATED, "orderId", "o-2");
      String second = plain.events(CREATED).getLast().path("eventId").asString();
      plain.send(
          """
          {"event": "inbox:ack", "data": {"ids": ["%s"]}, "id": 1}
          """
              .formatted(second));
      assertThat(plain.await("ack").path("acknowledged").asInt()).isEqualTo(1);
    }
    try (Client again = stack.clients().plain(service, "/", Map.of("userId", userId)).connected()) {
      stack.kafka().send("order.created", userId, order("o-3", userId));
      again.await(CREATED, "orderId", "o-3");
      assertThat(again.events(CREATED))
          .extracting(payload -> payload.path("orderId").asString())
          .containsExactly("o-1", "o-3");
    }
  }
}
