package io.realtime.verification.load;

import static io.realtime.verification.harness.Clients.options;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.Client.Happening;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** A server that is killed while it streams: stock clients come back, and none is told a lie. */
@EndToEnd
@Isolated
class KilledServerTest {
  private static final List<List<String>> TRANSPORTS =
      List.of(List.of("websocket"), List.of("polling"), List.of("polling", "websocket"));
  private static final int CLIENTS_EACH = 3;
  private static final int KILLS = 2;
  private static final int PER_SECOND = 200;

  private final Stack stack;

  KilledServerTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  @Timeout(100)
  void server_killedInMidStream_clientsComeBackAndNoneIsRecoveredWithAHole() {
    List<Client> clients = new ArrayList<>();
    String port = "0";
    try {
      for (int life = 1; life <= KILLS + 1; life++) {
        try (ChildJvm server = new ChildJvm(ServerMain.class, List.of("-Xmx256m"), port, "25")) {
          port = server.hello().split(" ", -1)[0];
          if (clients.isEmpty()) {
            clients.addAll(connect("http://localhost:" + port));
          }
          int connected = life;
          clients.forEach(client -> client.awaitKind("connect", connected));
          server.ask("stream " + PER_SECOND);
          int wanted = PER_SECOND / 2 * life;
          clients.forEach(client -> client.awaitCount("n", wanted, payload -> true));
          server.kill();
          clients.forEach(client -> client.awaitKind("disconnect", connected));
        }
      }
      clients.forEach(KilledServerTest::assertNoHole);
    } finally {
      clients.forEach(Client::close);
    }
  }

  private List<Client> connect(String url) {
    List<Client> clients = new ArrayList<>();
    for (List<String> transports : TRANSPORTS) {
      for (int i = 0; i < CLIENTS_EACH; i++) {
        clients.add(
            stack.clients().socketIo(url, options(Map.of(), transports.toArray(String[]::new))));
      }
    }
    return clients;
  }

  /**
   * What follows on one connection, or on one that says that it was recovered, follows without a
   * gap: the next number of the same process.
   */
  private static void assertNoHole(Client client) {
    long process = -1;
    long number = -1;
    for (Happening happening : client.snapshot()) {
      boolean fresh =
          happening.kind().equals("connect")
              && !happening.report().path("recovered").asBoolean(false);
      if (fresh) {
        process = -1;
      } else if (happening.event().equals("n")) {
        long from = happening.data().path("process").asLong();
        long next = happening.data().path("number").asLong();
        if (process != -1) {
          assertThat(List.of(from, next))
              .as(client.toString())
              .isEqualTo(List.of(process, number + 1));
        }
        process = from;
        number = next;
      }
    }
    assertThat(client.snapshot().stream().filter(h -> h.kind().equals("disconnect")))
        .allMatch(h -> h.report().path("reason").asString("").startsWith("transport"));
  }
}
