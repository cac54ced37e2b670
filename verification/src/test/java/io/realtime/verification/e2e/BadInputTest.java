package io.realtime.verification.e2e;

import static io.realtime.verification.e2e.EventTableTest.order;
import static io.realtime.verification.harness.Clients.options;
import static io.realtime.verification.harness.Json.json;
import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Json;
import io.realtime.verification.harness.Kafka.DeadLetter;
import io.realtime.verification.harness.Rest;
import io.realtime.verification.harness.Rest.Answer;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Service.Ended;
import io.realtime.verification.harness.Stack;
import io.realtime.verification.harness.Tokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Every kind of bad input gets a clear answer and harms nobody: a witness stays connected through
 * each test and still gets what is produced behind the bad input.
 */
@EndToEnd
class BadInputTest {
  private final Stack stack;
  private final Service service;
  private final String witnessId = unique("witness");
  private final Client witness;

  BadInputTest(Stack stack) {
    this.stack = stack;
    this.service = stack.service();
    this.witness = stack.clients().user(service, witnessId).connected();
  }

  /** On every topic and through REST, with the key that the bad record had. */
  private void assertWitnessUnharmed(String topic, String key) {
    String mark = unique("fence");
    if (topic.startsWith("order.")) {
      stack.kafka().send(topic, key, order(mark, witnessId));
      witness.await(topic.replace('.', ':'), "orderId", mark);
    }
    stack.kafka().send("order.created", key, order(mark, witnessId));
    witness.await("order:created", "orderId", mark);
    assertThat(witness.count("disconnect")).isZero();
  }

  @AfterEach
  void witness_behindEveryTest_isStillServed() {
    assertWitnessUnharmed("order.created", witnessId);
    witness.close();
  }

  @Test
  void noUserId_atTheHandshake_isNamed() {
    assertRefused(service, Map.of(), "userId is required");
    assertRefused(stack.jwtService(), Map.of(), "userId is required");
  }

  @Test
  void wrongToken_atTheHandshake_isRefusedWithOneText() {
    Service jwt = stack.jwtService();
    String unsigned = Tokens.user("u-1").replaceFirst("\\.[^.]*$", ".");
    for (String token : List.of("nonsense", Tokens.foreign("u-1"), unsigned)) {
      JsonNode report =
          assertRefused(jwt, Map.of("auth", Map.of("token", token)), "Authentication failed");
      assertThat(report.path("data").path("code").asString("")).isNotEqualTo("TOKEN_EXPIRED");
    }
    assertThat(jwt.log()).doesNotContain(Tokens.foreign("u-1").substring(0, 30));
  }

  @Test
  void expiredToken_atTheHandshake_isToldApartByItsCode() {
    JsonNode report =
        assertRefused(
            stack.jwtService(),
            Map.of("auth", Map.of("token", Tokens.expired("u-1"))),
            "Authentication failed");
    assertThat(report.path("data").path("code").asString()).isEqualTo("TOKEN_EXPIRED");
  }

  @Test
  void unknownNamespace_isRefusedByName() {
    try (Client lost =
        stack
            .clients()
            .socketIo(
                service.url() + "/no-such-namespace",
                options(Map.of("userId", unique("u")), "websocket"))) {
      assertThat(lost.awaitKind("connect_error").data().path("message").asString())
          .isEqualTo("Invalid namespace");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"42{\"no\":\"array\"}", "42[\"cut", "4x", "abc", "451-[\"a\"]42[1]"})
  void malformedPacket_endsOnlyItsOwnConnection(String packet) {
    try (Client broken = stack.clients().user(service, unique("u")).connected()) {
      broken.raw(packet);
      broken.awaitKind("disconnect");
      // Stock code comes back by itself.
      broken.awaitKind("connect", 2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"not json", "[]", "{\"data\": {}}", "{\"event\": 5}", "{\"event\": \"x\""})
  void malformedFrame_onAPlainWebSocket_harmsNobodyElse(String frame) {
    try (Client broken =
        stack.clients().plain(service, "/", Map.of("userId", unique("u"))).connected()) {
      broken.send(frame);
      broken.awaitAny("disconnect", "error");
    }
  }

  @Test
  void oversizedBody_isRefusedByItsSize() {
    Rest rest = service.rest();
    HttpResponse<String> answer =
        rest.raw(
            rest.request("/realtime/test/notification")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"message\":\"" + "x".repeat(2_000_000) + "\"}")));
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void oversizedPayload_ofAPollingClient_isRefusedByItsSize() {
    Rest rest = service.rest();
    String path = "/socket.io/?EIO=4&transport=polling&userId=" + unique("u");
    String open = rest.raw(rest.request(path)).body();
    String sid = Json.read(open.substring(1)).path("sid").asString();
    HttpResponse<String> answer =
        rest.raw(
            rest.request(path + "&sid=" + sid)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("4".repeat(2_000_000))));
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void oversizedMessage_onAWebSocket_isClosedWith1009() {
    try (Client plain =
        stack.clients().plain(service, "/", Map.of("userId", unique("u"))).connected()) {
      plain.send("{\"event\":\"x\",\"data\":\"" + "x".repeat(2_000_000) + "\"}");
      assertThat(plain.awaitKind("disconnect").data().path("reason").asString()).isEqualTo("1009");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "malformed    | order.created     | {\"orderId\": \"o-1\", \"buyerId\":        | MALFORMED_JSON |",
        "notAnObject  | order.created     | [1, 2]                                    | NOT_AN_OBJECT  |",
        "noOrderId    | order.created     | {\"buyerId\": \"u-1\"}                    | MISSING_FIELD  | orderId",
        "noBuyerId    | order.updated     | {\"orderId\": \"o-1\", \"status\": \"X\"} | MISSING_FIELD  | buyerId",
        "objectAsId   | order.created     | {\"orderId\": {\"a\": 1}, \"buyerId\": 1} | INVALID_FIELD  | orderId",
        "objectAsUser | order.created     | {\"orderId\": 1, \"buyerId\": {\"a\": 1}} | INVALID_FIELD  | buyerId",
        "negative     | inventory.updated | {\"productId\": \"p-1\", \"stock\": -1}   | INVALID_FIELD  | stock",
        "noMessage    | notification.general | {\"userId\": \"u-1\"}                  | MISSING_FIELD  | message",
      })
  void badRecord_fromKafka_isADeadLetterThatNamesTheField(
      String name, String topic, String value, String code, @Nullable String field) {
    String key = unique(name);
    stack.kafka().send(topic, key, value);
    assertWitnessUnharmed(topic, key);
    DeadLetter letter = stack.kafka().awaitDeadLetter(topic, key);
    assertThat(letter.value()).isEqualTo(value);
    assertThat(letter.header("error-code")).isEqualTo(code);
    if (field != null) {
      assertThat(letter.header("error-message")).contains(field);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "order     | {'userId': 'u', 'status': 'X'}                                | orderId",
        "order     | {'orderId': 'o', 'status': 'X'}                               | userId",
        "order     | {'orderId': 'o', 'userId': {'a': 1}, 'status': 'X'}           | userId",
        "order     | {'orderId': 'o', 'userId': 'u', 'status': 'X', 'surprise': 1} | surprise",
        "inventory | {'productId': 'p', 'stock': -1}                               | stock",
        "inventory | {'stock': 1}                                                  | productId",
        "admin     | {'event': 'order:created', 'data': {}}                        | event",
        "admin     | {'event': 'admin:x', 'data': 5}                               | data",
      })
  void badField_inARestBody_isNamed(String route, String body, String field) {
    Answer answer = service.rest().post("/realtime/broadcast/" + route, json(body));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.body()).contains(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"userId\":", "", "[]", "null"})
  void malformedBody_ofARestCall_isAProblem(String body) {
    Answer answer = service.rest().post("/realtime/test/notification", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.body()).doesNotContain("Exception").doesNotContain("at io.");
  }

  @Test
  void invalidSettings_areReportedTogether_andNothingStarts() {
    Ended ended =
        Service.runToEnd(
            stack.folder("invalid-settings"),
            Map.of(
                "REALTIME_PORT", "70000",
                "JWT_SECRET", "short",
                "WS_PING_INTERVAL", "often"));
    assertThat(ended.exitCode()).isEqualTo(78);
    assertThat(ended.output())
        .contains("REALTIME_PORT")
        .contains("JWT_SECRET")
        .contains("WS_PING_INTERVAL")
        .contains("KAFKA_BROKER")
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
  }

  private JsonNode assertRefused(Service where, Map<String, ?> options, String message) {
    Map<String, Object> all = new java.util.LinkedHashMap<>(options);
    all.put("transports", List.of("websocket"));
    try (Client refused = stack.clients().socketIo(where.url(), all)) {
      JsonNode report = refused.awaitKind("connect_error").data();
      assertThat(report.path("message").asString()).isEqualTo(message);
      assertThat(refused.events("connection:success")).isEmpty();
      return report;
    }
  }
}
