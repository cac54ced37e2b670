package io.realtime.verification.e2e;

import static io.realtime.verification.e2e.EventTableTest.order;
import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Json;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The memory outside the heap is used up (abuse P5). */
@EndToEnd
class DirectMemoryEndToEndTest {
  /** Enough for small events, and never for a large one. */
  private static final int LIMIT = 800_000;

  private static final int LARGE = 510_000;

  private final Stack stack;

  DirectMemoryEndToEndTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void memoryOutsideTheHeap_usedUp_closesTheConnectionThatAsked_andTheOthersLive() {
    String name = unique("direct-memory");
    String victimId = unique("victim");
    String witnessId = unique("witness");
    Map<String, String> settings =
        Map.of(
            "JAVA_TOOL_OPTIONS",
            "-Dio.netty.maxDirectMemory=" + LIMIT,
            "REALTIME_LOOPS",
            "1",
            "REALTIME_TRANSPORT",
            "nio");
    try (Service service = stack.ownService(name, stack.kafka(), settings);
        Client victim = stack.clients().user(service, victimId).connected();
        Client witness = stack.clients().user(service, witnessId).connected()) {
      String large =
          Json.write(Map.of("orderId", "o-large", "buyerId", victimId, "note", "x".repeat(LARGE)));
      stack.kafka().send("order.created", victimId, large);
      victim.awaitKind("disconnect");

      for (int i = 0; i < 20; i++) {
        stack.kafka().send("order.created", witnessId, order("o-" + i, witnessId));
        witness.await("order:created", "orderId", "o-" + i);
      }

      assertThat(witness.count("disconnect")).isZero();
      assertThat(service.alive()).isTrue();
    }
  }
}
