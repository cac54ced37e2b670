package io.realtime.verification.e2e;

import static io.realtime.verification.e2e.EventTableTest.order;
import static io.realtime.verification.harness.Clients.options;
import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.Clients;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Stack;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that the service does depends on what a client takes for the time. */
@EndToEnd
class WrongClockTest {
  private final Stack stack;

  WrongClockTest(Stack stack) {
    this.stack = stack;
  }

  @ParameterizedTest
  @ValueSource(ints = {-30, 30})
  @Timeout(120)
  void client_clockDaysOff_getsItsEventsAndComesBack(int days) {
    String userId = unique("clock");
    try (Clients clients = Clients.withClockOff(stack.js(), Duration.ofDays(days));
        Client client =
            clients
                .socketIo(
                    stack.service().url(),
                    options(Map.of("userId", userId), "polling", "websocket"))
                .connected()) {
      stack.kafka().send("order.created", userId, order("o-0", userId));
      client.await("order:created", "orderId", "o-0");
      client.cut();
      stack.kafka().send("order.created", userId, order("o-1", userId));
      client.await("order:created", "orderId", "o-1");
      client.awaitKind("connect", 2);

      assertThat(client.events("order:created")).hasSize(2);
    }
  }
}
