package io.realtime.verification.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.protocol.msgpack.MessagePackParser;
import io.realtime.socketio.protocol.socketio.JsonPacketParser;
import io.realtime.verification.harness.StockClients;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** socket.io-client 2.5, 3.1 and 4.8, and 4.8 with socket.io-msgpack-parser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockJavaScriptClientsTest {
  private final StockClients clients = new StockClients();
  private final StockServer json = new StockServer(new JsonPacketParser());
  private final StockServer msgpack = new StockServer(new MessagePackParser());

  @AfterAll
  void close() {
    clients.close();
    json.close();
    msgpack.close();
  }

  static Stream<Arguments> clients() {
    return Stream.of(2, 3, 4)
        .flatMap(version -> transports().map(names -> Arguments.of(version, names)));
  }

  static Stream<List<String>> transports() {
    return Stream.of(List.of("polling"), List.of("websocket"), List.of("polling", "websocket"));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void client_json_getsAllThatNodeGivesIt(int version, List<String> transports) {
    JsonNode seen = clients.run(version, json.url(), transports, false);

    assertConversation(seen, transports);
    assertRefusals(seen, version);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void client_msgpack_getsAllThatNodeGivesIt(List<String> transports) {
    JsonNode seen = clients.run(4, msgpack.url(), transports, true);

    assertConversation(seen, transports);
    assertRefusals(seen, 4);
  }

  private static void assertConversation(JsonNode seen, List<String> transports) {
    assertThat(seen.path("transport").asString()).isEqualTo(transports.getLast());
    assertThat(seen.path("id").asString()).hasSize(20);
    assertThat(seen.path("text").toString())
        .isEqualTo("[\"h\u00e9llo \u20ac \ud834\udd1e\",1,-1.5,{\"list\":[null,true,{}]}]");
    assertThat(seen.path("binary").toString())
        .isEqualTo("[{\"bytes\":\"010203\"},100000,{\"bytes\":\"\"}]");
    assertThat(seen.path("answer").toString()).isEqualTo("[7,{\"bytes\":\"08\"}]");
    assertThat(seen.path("question").toString()).isEqualTo("[{\"bytes\":\"040506\"},\"known\"]");
    assertThat(seen.path("broadcast").toString()).isEqualTo("[{\"bytes\":\"040506\"},\"all\"]");
    assertThat(seen.path("auth").toString()).isEqualTo("[{\"token\":\"t-1\"}]");
    assertThat(seen.path("custom").toString()).isEqualTo("[{\"bytes\":\"09\"}]");
    assertThat(seen.path("lost").asString()).isIn("transport close", "forced close");
    assertThat(seen.path("afterwards").toString()).isEqualTo("[\"again\"]");
    assertThat(seen.path("left").asString()).isEqualTo("io server disconnect");
  }

  private static void assertRefusals(JsonNode seen, int version) {
    if (version == 2) {
      assertThat(seen.path("refused").toString()).isEqualTo("{\"code\":42}");
      assertThat(seen.path("unknown").toString()).isEqualTo("{\"message\":\"Invalid namespace\"}");
    } else {
      assertThat(seen.path("refused").toString())
          .isEqualTo("{\"message\":\"not for you\",\"data\":{\"code\":42}}");
      assertThat(seen.path("unknown").toString())
          .isEqualTo("{\"message\":\"Invalid namespace\",\"data\":null}");
    }
  }
}
