package io.realtime.verification.e2e;

import static io.realtime.verification.e2e.EventTableTest.order;
import static io.realtime.verification.harness.Clients.options;
import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Kafka;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Users who are away while the service is down as well. */
@EndToEnd
class OfflineUsersTest {
  private static final int USERS = 50;
  private static final int ORDERS = 1_000;

  /** Of the others; the first user has what is left, more than two pages of an inbox. */
  private static final int ORDERS_OF_MOST = 15;

  private static final String CREATED = "order:created";

  private final Stack stack;

  OfflineUsersTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  @Timeout(180)
  void service_downWhileThousandOrdersCome_bringsEachOnceAndInOrderToItsUser() throws Exception {
    Map<String, List<String>> expected = plan();
    List<Client> clients = new ArrayList<>();
    try (Service service = stack.ownService("offline", stack.kafka(), Map.of())) {
      service.stop();
      produce(stack.kafka(), expected);
      service.startAgain();

      for (String userId : expected.keySet()) {
        String transport = clients.size() % 2 == 0 ? "websocket" : "polling";
        clients.add(
            stack.clients().socketIo(service.url(), options(Map.of("userId", userId), transport)));
      }
      int i = 0;
      for (Map.Entry<String, List<String>> each : expected.entrySet()) {
        clients.get(i++).await(CREATED, "orderId", each.getValue().getLast());
      }
      // What was repeated would come before this.
      for (Map.Entry<String, List<String>> each : expected.entrySet()) {
        each.getValue().add("fence");
        stack.kafka().send("order.created", each.getKey(), order("fence", each.getKey()));
      }
      i = 0;
      for (Map.Entry<String, List<String>> each : expected.entrySet()) {
        Client client = clients.get(i++);
        client.await(CREATED, "orderId", "fence");
        assertThat(orders(client)).as(each.getKey()).containsExactlyElementsOf(each.getValue());
      }
    } finally {
      clients.forEach(Client::close);
    }
  }

  private static Map<String, List<String>> plan() {
    Map<String, List<String>> plan = new LinkedHashMap<>();
    int left = ORDERS - (USERS - 1) * ORDERS_OF_MOST;
    for (int user = 0; user < USERS; user++) {
      int count = user == 0 ? left : ORDERS_OF_MOST;
      plan.put(
          unique("offline-" + user),
          new ArrayList<>(IntStream.range(0, count).mapToObj(order -> "o-" + order).toList()));
    }
    return plan;
  }

  /** One order of each user in turn, as a shop's users order. */
  private static void produce(Kafka kafka, Map<String, List<String>> plan) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int turn = 0; sent.size() < ORDERS; turn++) {
      for (Map.Entry<String, List<String>> each : plan.entrySet()) {
        if (turn < each.getValue().size()) {
          String orderId = each.getValue().get(turn);
          sent.add(kafka.sendLater("order.created", each.getKey(), order(orderId, each.getKey())));
        }
      }
    }
    for (Future<RecordMetadata> each : sent) {
      each.get(60, TimeUnit.SECONDS);
    }
  }

  private static List<String> orders(Client client) {
    return client.events(CREATED).stream()
        .map((JsonNode payload) -> payload.path("orderId").asString())
        .toList();
  }
}
