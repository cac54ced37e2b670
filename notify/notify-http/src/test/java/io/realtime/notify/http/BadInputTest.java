package io.realtime.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.http.rest.Gate;
import io.realtime.notify.http.web.Problem;
import io.realtime.notify.http.web.StrictJson;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BadInputTest {
  private final Api api = new Api();

  @AfterEach
  void nothingWasSent() {
    api.close();
    assertThat(api.published).isEmpty();
  }

  private static List<String> fields(HttpReply reply) {
    return Api.json(reply).path("errors").values().stream()
        .map(error -> error.path("field").asString())
        .toList();
  }

  private void assertInvalid(HttpReply reply, String field, String message) {
    assertThat(reply.status()).isEqualTo(400);
    JsonNode error = Api.json(reply).path("errors").path(0);
    assertThat(error.path("field").asString()).isEqualTo(field);
    assertThat(error.path("message").asString()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"orderId\":\"o\",\"status\":\"s\"} | userId | is required",
        "{\"userId\":\"u\",\"status\":\"s\"} | orderId | is required",
        "{\"userId\":\"u\",\"orderId\":\"o\"} | status | is required",
        "{\"userId\":null,\"orderId\":\"o\",\"status\":\"s\"} | userId | null found",
        "{\"userId\":true,\"orderId\":\"o\",\"status\":\"s\"} | userId | boolean found",
        "{\"userId\":{},\"orderId\":\"o\",\"status\":\"s\"} | userId | object found",
        "{\"userId\":1.5,\"orderId\":\"o\",\"status\":\"s\"} | userId | number found",
        "{\"userId\":1e3,\"orderId\":\"o\",\"status\":\"s\"} | userId | number found",
        "{\"userId\":\"u\",\"orderId\":1.0,\"status\":\"s\"} | orderId | number found",
        "{\"userId\":9223372036854775808,\"orderId\":\"o\",\"status\":\"s\"} | userId | maximum",
        "{\"userId\":\"\",\"orderId\":\"o\",\"status\":\"s\"} | userId | at least 1",
        "{\"userId\":\"  \",\"orderId\":\"o\",\"status\":\"s\"} | userId | pattern",
        "{\"userId\":\"\\u3000\",\"orderId\":\"o\",\"status\":\"s\"} | userId | pattern",
        "{\"userId\":\"u\",\"orderId\":\"o\",\"status\":\"\\t\\u2003\"} | status | pattern",
        "{\"userId\":\"\\ud800\",\"orderId\":\"o\",\"status\":\"s\"} | body | surrogate",
        "{\"userId\":\"u\",\"orderId\":\"o\",\"status\":7} | status | integer found",
        "{\"userId\":\"u\",\"orderId\":\"o\",\"status\":\"s\",\"stauts\":1} | stauts | not a known",
        "{\"userId\":\"u\",\"userId\":\"v\",\"orderId\":\"o\",\"status\":\"s\"} | userId | once",
        "null | body | null found",
        "[] | body | array found",
        "\"x\" | body | string found",
        "7 | body | integer found",
        "{ | body | not valid JSON",
        "{\"userId\":'u'} | body | not valid JSON at line 1",
        "{\"userId\":\"u\",\"orderId\":\"o\",\"status\":\"s\"}{} | body | not valid JSON",
        "{\"userId\":NaN,\"orderId\":\"o\",\"status\":\"s\"} | body | not valid JSON",
      })
  void order_thatIsWrong_namesTheField(String body, String field, String message) {
    assertInvalid(api.post(Api.ORDER, body), field, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"productId\":\"p\"} | stock | is required",
        "{\"productId\":\"p\",\"stock\":-1} | stock | minimum",
        "{\"productId\":\"p\",\"stock\":\"5\"} | stock | string found",
        "{\"productId\":\"p\",\"stock\":1e400} | stock | out of range",
        "{\"productId\":\"p\",\"stock\":1e16} | stock | maximum",
        "{\"productId\":\"p\",\"stock\":5,\"previousStock\":-0.1} | previousStock | minimum",
        "{\"productId\":\"p\",\"stock\":5,\"sku\":\"\"} | sku | at least 1",
      })
  void inventory_thatIsWrong_namesTheField(String body, String field, String message) {
    assertInvalid(api.post(Api.INVENTORY, body), field, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"event\":\"admin:x\"} | data | is required",
        "{\"event\":\"admin:x\",\"data\":[]} | data | array found",
        "{\"event\":\"admin:x\",\"data\":\"d\"} | data | string found",
        "{\"event\":\"order:created\",\"data\":{}} | event | pattern",
        "{\"event\":\"admin:\",\"data\":{}} | event | pattern",
        "{\"event\":\"xadmin:x\",\"data\":{}} | event | pattern",
        "{\"event\":\"admin:x\\n\",\"data\":{}} | event | pattern",
      })
  void adminBroadcast_thatIsWrong_namesTheField(String body, String field, String message) {
    assertInvalid(api.post(Api.ADMIN, body), field, message);
  }

  @Test
  void adminEvent_pastItsLimit_namesTheField() {
    assertInvalid(
        api.post(Api.ADMIN, "{\"event\":\"admin:" + "x".repeat(121) + "\",\"data\":{}}"),
        "event",
        "at most 126");
  }

  @Test
  void severalWrongFields_areAllNamed() {
    HttpReply reply = api.post(Api.NOTIFICATION, "{\"userId\":[],\"title\":7,\"x\":1}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(fields(reply)).containsExactlyInAnyOrder("userId", "message", "title", "x");
  }

  @Test
  void manyUnknownFields_areNamedUpToTheBound() {
    String body =
        IntStream.range(0, 500)
            .mapToObj(i -> "\"f" + i + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    assertThat(fields(api.post(Api.ORDER, body))).hasSize(Problem.MAX_ERRORS);
  }

  @Test
  void longFieldName_isCut() {
    HttpReply reply = api.post(Api.ORDER, "{\"" + "f".repeat(60_000) + "\":1}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().length).isLessThan(2_000);
  }

  @Test
  void id_atItsLimitAndPastIt() {
    assertThat(
            fields(
                api.post(
                    Api.ORDER,
                    "{\"userId\":\"" + "u".repeat(257) + "\",\"orderId\":\"o\",\"status\":\"s\"}")))
        .containsExactly("userId");
    assertThat(
            fields(
                api.post(Api.ORDER, "{\"userId\":\"" + "u".repeat(256) + "\",\"status\":\"s\"}")))
        .containsExactly("orderId");
  }

  @Test
  void emptyBody_isRequired() {
    assertInvalid(api.post(Api.ORDER, ""), "body", "is required");
  }

  @Test
  void blankBody_isRequired() {
    assertThat(api.post(Api.ORDER, "  ").status()).isEqualTo(400);
  }

  @Test
  void bodyInAnotherCharset_isNotJson() {
    assertInvalid(
        api.post(Api.ORDER, Api.VALID_ORDER.getBytes(StandardCharsets.UTF_16BE)),
        "body",
        "not valid JSON");
    assertInvalid(
        api.post(Api.ORDER, "{\"userId\":\"\u00fc\"}".getBytes(StandardCharsets.ISO_8859_1)),
        "body",
        "UTF-8");
  }

  @Test
  void byteOrderMark_isNotJson() {
    assertInvalid(api.post(Api.ORDER, "\uFEFF" + Api.VALID_ORDER), "body", "not valid JSON");
  }

  @Test
  void nesting_pastItsLimit_isNotJson() {
    String deep = "{\"a\":".repeat(StrictJson.MAX_DEPTH) + "1" + "}".repeat(StrictJson.MAX_DEPTH);
    assertInvalid(
        api.post(Api.ADMIN, "{\"event\":\"admin:x\",\"data\":" + deep + "}"),
        "body",
        "not valid JSON");
  }

  @Test
  void number_pastItsLimit_isNotJson() {
    String digits = "9".repeat(StrictJson.MAX_NUMBER_LENGTH + 1);
    assertInvalid(
        api.post(Api.ADMIN, "{\"event\":\"admin:x\",\"data\":{\"n\":" + digits + "}}"),
        "body",
        "not valid JSON");
  }

  private static byte[] bodyOf(int length) {
    return (Api.VALID_ORDER.replace("paid", "") + " ".repeat(length))
        .substring(0, length)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void body_atItsLimitAndPastIt() {
    assertInvalid(api.post(Api.ORDER, bodyOf(Gate.MAX_BODY_BYTES)), "status", "at least 1");
    assertThat(api.post(Api.ORDER, bodyOf(Gate.MAX_BODY_BYTES + 1)).status()).isEqualTo(413);
  }

  @Test
  void bodyLimit_isToldToTheListener() {
    assertThat(
            api.rest()
                .maxBodyBytes(Api.request("POST", Api.ORDER, HttpHeaders.empty(), new byte[0])))
        .isEqualTo(131_072);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application/json-patch+json",
        "application/json; charset=iso-8859-1",
        "text/plain; application/json",
        ""
      })
  void contentType_thatIsNotJson_is415(String contentType) {
    HttpReply reply =
        api.send(
            "POST",
            Api.ORDER,
            HttpHeaders.of("content-type", contentType),
            Api.VALID_ORDER.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).isEqualTo(415);
  }

  @Test
  void contentType_missingOrTwice_is415() {
    byte[] body = Api.VALID_ORDER.getBytes(StandardCharsets.UTF_8);
    assertThat(api.send("POST", Api.ORDER, HttpHeaders.empty(), body).status()).isEqualTo(415);
    HttpHeaders twice =
        HttpHeaders.of("content-type", "application/json", "content-type", "text/plain");
    assertThat(api.send("POST", Api.ORDER, twice, body).status()).isEqualTo(415);
  }

  @Test
  void compressedBody_is415() {
    HttpHeaders headers =
        HttpHeaders.of("content-type", "application/json", "content-encoding", "gzip");
    assertThat(
            api.send("POST", Api.ORDER, headers, Api.VALID_ORDER.getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /realtime/broadcast/order, 'OPTIONS, POST'",
    "HEAD, /realtime/broadcast/order, 'OPTIONS, POST'",
    "PUT, /realtime/broadcast/order, 'OPTIONS, POST'",
    "TRACE, /realtime/broadcast/order, 'OPTIONS, POST'",
    "POST, /realtime/stats, 'GET, HEAD, OPTIONS'",
    "DELETE, /health, 'GET, HEAD, OPTIONS'",
    "POST, /api/docs, 'GET, HEAD, OPTIONS'",
    "POST, /, 'GET, HEAD, OPTIONS'",
    "POST, /vendor/socket.io.min.js, 'GET, HEAD, OPTIONS'",
    "BREW, /health, 'GET, HEAD, OPTIONS'",
  })
  void wrongMethod_is405WithAllow(String method, String path, String allow) {
    HttpReply reply = api.send(method, path, HttpHeaders.empty(), new byte[0]);
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers().first("allow")).hasValue(allow);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/realtime",
        "/realtime/",
        "/realtime/stats/",
        "/REALTIME/stats",
        "/realtime/broadcast/order/..",
        "/pages/../openapi/realtime.yaml",
        "/vendor/../docs/index.html",
        "/vendor/",
        "/vendor/package.json",
        "/api/docs/../../logback.xml",
        "/pages//etc/passwd",
        "//health",
        ""
      })
  void unknownPath_is404(String path) {
    assertThat(api.get(path).status()).isEqualTo(404);
    assertThat(api.post(path, "{}").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit, minimum",
    "limit=1001, limit, maximum",
    "limit=-1, limit, minimum",
    "limit=x, limit, string found",
    "limit=, limit, string found",
    "limit=1.0, limit, string found",
    "limit=99999999999999999999, limit, string found",
    "limit=1&limit=2, limit, more than once",
    "after=, after, at least 1",
    "limt=5, limt, not a known",
  })
  void statsQuery_thatIsWrong_namesTheParameter(String query, String field, String message) {
    assertInvalid(api.get(Api.STATS + "?" + query), field, message);
  }

  @Test
  void statsCursor_pastItsLimit_namesTheParameter() {
    assertInvalid(api.get(Api.STATS + "?after=" + "a".repeat(257)), "after", "at most 256");
  }
}
