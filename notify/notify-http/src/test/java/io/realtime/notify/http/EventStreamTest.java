package io.realtime.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.http.plain.JsonFrames;
import io.realtime.notify.http.stream.EventStreamProtocol;
import io.realtime.socketio.protocol.socketio.DecodeLimits;
import io.realtime.socketio.protocol.socketio.RawJson;
import io.realtime.socketio.server.api.CorsPolicy;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {
  private static final String EVENTS = "/realtime/events";

  private final EventStreamProtocol protocol =
      new EventStreamProtocol(new JsonFrames(DecodeLimits.defaults()));
  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  private String encoded(@Nullable Object... event) {
    return new String(protocol.encode(Arrays.asList(event)), StandardCharsets.UTF_8);
  }

  private HttpReply get(String query, String... headers) {
    return api.send("GET", EVENTS + query, HttpHeaders.of(headers), new byte[0]);
  }

  @Test
  void event_withPosition_hasItAsItsId() {
    assertThat(
            encoded(
                "order:created", new RawJson("{\"a\":1}".getBytes(StandardCharsets.UTF_8)), "3-ab"))
        .isEqualTo("event: order:created\nid: 3-ab\ndata: {\"a\":1}\n\n");
  }

  @Test
  void event_withoutPosition_hasNoId() {
    assertThat(encoded("admin:alert", Map.of("type", "x")))
        .isEqualTo("event: admin:alert\ndata: {\"type\":\"x\"}\n\n");
  }

  @Test
  void event_withoutData_isNull() {
    assertThat(encoded("stats")).isEqualTo("event: stats\ndata: null\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void lineBreaks_anywhere_stayWithinTheirField(String lineBreak) {
    String json = "{" + lineBreak + "\"a\":1}";

    assertThat(
            encoded(
                "a" + lineBreak + "id: 9",
                new RawJson(json.getBytes(StandardCharsets.UTF_8)),
                "3" + lineBreak + "data: x"))
        .isEqualTo("event: a id: 9\nid: 3 data: x\ndata: {\ndata: \"a\":1}\n\n");
  }

  @Test
  void refusal_isAnEvent_andTheBrowserComesBackLater() {
    assertThat(
            new String(protocol.encodeRefusal("no", Map.of("code", "X")), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            retry: 5000
            event: connect_error
            data: {"message":"no","data":{"code":"X"}}

            """);
  }

  @Test
  void identity_missing_is401AndNoStream() {
    HttpReply reply = get("");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(Api.json(reply).path("detail").asString()).isEqualTo("userId is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "x-0000000000000000", "1-00000000000000zz"})
  void lastEventId_thatWasNeverOurs_is400(String id) {
    assertThat(get("?userId=u", "last-event-id", id).status()).isEqualTo(400);
    assertThat(get("?userId=u&lastEventId=" + id).status()).isEqualTo(400);
  }

  @Test
  void identityAndPosition_known_openTheStreamWithItsHeaders() {
    api.cors = Optional.of(CorsPolicy.any());

    HttpReply reply =
        get(
            "?userId=u",
            "last-event-id",
            new Position(7, 42).text(),
            "origin",
            "https://a.example");

    assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("stream");
    assertThat(reply.headers().first("access-control-allow-origin")).hasValue("*");
  }

  @Test
  void otherMethods_areRefusedOrDescribed() {
    assertThat(api.post(EVENTS, "{}").headers().all("allow")).isEqualTo(List.of("GET, OPTIONS"));
    assertThat(api.send("OPTIONS", EVENTS, HttpHeaders.empty(), new byte[0]).status())
        .isEqualTo(204);
  }
}
