package io.realtime.verification.e2e;

import static io.realtime.verification.e2e.EventTableTest.order;
import static io.realtime.verification.harness.Stack.unique;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The disk of the log is full (abuse P4). */
@EndToEnd
class FullLogTest {
  private final Stack stack;

  FullLogTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void log_onAFullDisk_serviceStartsAndDelivers() throws Exception {
    String name = unique("full-log");
    String userId = unique("u");
    Files.createSymbolicLink(stack.folder(name).resolve("service.txt"), Path.of("/dev/full"));
    try (Service service = stack.ownService(name, stack.kafka(), Map.of("LOG_LEVEL", "verbose"));
        Client user = stack.clients().user(service, userId).connected()) {
      stack.kafka().send("order.created", userId, order("o-1", userId));
      user.await("order:created", "orderId", "o-1");
    }
  }
}
