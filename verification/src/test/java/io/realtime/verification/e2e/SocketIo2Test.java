package io.realtime.verification.e2e;

import static io.realtime.verification.e2e.EventTableTest.order;
import static io.realtime.verification.harness.Clients.options;
import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** The stock client of Socket.IO 2, which a setting lets in. */
@EndToEnd
@Execution(ExecutionMode.SAME_THREAD)
class SocketIo2Test {
  /** After so many events without proof of receipt nothing more is sent to a client. */
  private static final int UNPROVEN = 500;

  private final Stack stack;

  SocketIo2Test(Stack stack) {
    this.stack = stack;
  }

  @Test
  void client_notAllowed_isRefused() {
    try (Client user =
        stack
            .clients()
            .socketIo2(stack.service().url(), options(Map.of("userId", unique("u")), "polling"))) {
      user.awaitKind("connect_error");
      assertThat(user.count("connect")).isZero();
    }
  }

  @Test
  void client_allowed_getsItsEventsAndProvesThem() {
    Service service =
        stack.ownService(
            unique("eio3"),
            stack.kafka(),
            Map.of("ALLOW_EIO3", "true", "WS_PING_INTERVAL", "1000", "WS_PING_TIMEOUT", "5000"));
    try (service) {
      for (String transport : new String[] {"polling", "websocket"}) {
        String userId = unique("u");
        try (Client user =
            stack
                .clients()
                .socketIo2(service.url(), options(Map.of("userId", userId), transport))) {
          JsonNode welcome = user.connected().await("connection:success");
          assertThat(welcome.path("userId").asString()).isEqualTo(userId);
          assertThat(welcome.path("socketId").asString())
              .isEqualTo(user.awaitKind("connect").report().path("id").asString());

          for (int i = 0; i <= UNPROVEN; i++) {
            stack.kafka().send("order.created", userId, order("o-" + i, userId));
          }

          user.await("order:created", "orderId", "o-" + UNPROVEN);
        }
      }
    }
  }
}
