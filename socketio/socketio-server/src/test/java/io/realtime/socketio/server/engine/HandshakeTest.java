package io.realtime.socketio.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.Admission;
import io.realtime.socketio.server.api.Admission.Decision;
import io.realtime.socketio.server.api.CorsPolicy;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.testing.RecordingExchange;
import io.realtime.socketio.server.testing.RecordingUpgrade;
import io.realtime.socketio.server.testing.Scene;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeTest {
  private final Scene scene = Scene.create();

  @Test
  void polling_handshake_answersTheFiveMembersUpstreamSends() {
    RecordingExchange answer = scene.listener.get(Scene.POLLING);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.body())
        .matches(
            "0\\{\"sid\":\"[\\w-]{20}\",\"upgrades\":\\[\"websocket\"],\"pingInterval\":300,"
                + "\"pingTimeout\":200,\"maxPayload\":1000000}");
  }

  @Test
  void polling_upgradesNotAllowed_offersNone() {
    Scene without = Scene.settings().withoutUpgrades().scene();

    assertThat(without.listener.get(Scene.POLLING).body()).contains("\"upgrades\":[]");
  }

  @Test
  void webSocket_handshake_sendsTheSameInAFrameWithoutUpgrades() {
    RecordingUpgrade upgrade = scene.listener.upgrade(Scene.WEBSOCKET);

    assertThat(upgrade.channel().take())
        .singleElement()
        .asString()
        .startsWith("0{\"sid\":\"")
        .contains("\"upgrades\":[]");
    assertThat(upgrade.maxMessageBytes()).isEqualTo(1_000_000);
  }

  @Test
  void manyHandshakes_noIdTwice() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      ids.add(scene.openPolling());
    }

    assertThat(ids).hasSize(1_000).allMatch(id -> id.length() == 20);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, '', 0",
    "GET, EIO=4, 0",
    "GET, EIO=4&transport=abc, 0",
    "GET, EIO=4&transport=__proto__, 0",
    "GET, EIO=4&transport=webtransport, 0",
    "GET, EIO=4&transport=plain-websocket, 0",
    "GET, transport=abc&sid=x, 0",
    "GET, EIO=4&transport=polling&sid=unknown, 1",
    "POST, EIO=4&transport=polling&sid=unknown, 1",
    "GET, transport=polling&sid=unknown, 1",
    "GET, EIO=4&transport=polling&sid=constructor, 1",
    "POST, EIO=4&transport=polling&sid=, 2",
    "POST, EIO=4&transport=polling, 2",
    "PUT, EIO=4&transport=polling, 2",
    "HEAD, EIO=4&transport=polling, 2",
    "OPTIONS, EIO=4&transport=polling, 2",
    "POST, EIO=3&transport=polling, 2",
    "GET, EIO=4&transport=websocket, 3",
    "GET, EIO=3&transport=websocket, 3",
    "GET, EIO=4&EIO=3&transport=polling, 3",
    "GET, EIO=4&transport=polling&transport=websocket, 3",
    "GET, EIO=4&transport=polling&sid=a&sid=b, 3",
    "GET, transport=polling, 5",
    "GET, EIO=3&transport=polling, 5",
    "GET, EIO=abc&transport=polling, 5",
  })
  void badRequest_firstFaultInUpstreamsOrder_isAnsweredWithItsCode(
      String method, String query, int code) {
    RecordingExchange answer = scene.listener.request(method, "/socket.io/?" + query, "", 0);

    EngineError error =
        Arrays.stream(EngineError.values()).filter(e -> e.code() == code).findFirst().orElseThrow();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo("{\"code\":" + code + ",\"message\":\"" + error.text() + "\"}");
    assertThat(scene.core.connectionCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "EIO=4, Transport unknown",
    "EIO=4&transport=websocket&sid=unknown, Session ID unknown",
    "EIO=4&transport=polling, Bad request",
    "EIO=3&transport=websocket, Unsupported protocol version",
    "transport=websocket, Unsupported protocol version",
  })
  void badUpgrade_isRefusedWith400AndTheText(String query, String text) {
    RecordingUpgrade upgrade = scene.listener.upgrade("/socket.io/?" + query);

    assertThat(upgrade.refusal().status()).isEqualTo(400);
    assertThat(upgrade.refusal().closeAfter()).isTrue();
    assertThat(upgrade.refusalBody()).isEqualTo(text);
  }

  @Test
  void errors_tableMatchesUpstream() {
    assertThat(EngineError.values())
        .extracting(error -> error.code() + " " + error.text() + " " + error.reply().status())
        .containsExactly(
            "0 Transport unknown 400",
            "1 Session ID unknown 400",
            "2 Bad handshake method 400",
            "3 Bad request 400",
            "4 Forbidden 403",
            "5 Unsupported protocol version 400");
    assertThat(EngineError.FORBIDDEN.upgradeReply("text").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"/socket.io/", "/socket.io/?EIO=4&transport=polling"})
  void trace_isNotAllowedAndOpensNothing(String target) {
    RecordingExchange answer = scene.listener.request("TRACE", target, "", 0);

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("allow")).isEqualTo("GET, POST, OPTIONS");
    assertThat(scene.core.connectionCount()).isZero();
  }

  @Test
  void origin_withControlCharacter_isABadRequest() {
    scene.listener.with("Origin", "http://a\u0001b");

    assertThat(scene.listener.get(Scene.POLLING).body()).contains("\"code\":3");
  }

  @Test
  void admission_refuses_itsAnswerAndNothingIsOpened() {
    Scene full =
        Scene.settings()
            .admission(Admission.of(request -> new Decision.Answer(HttpReply.text(503, "full"))))
            .cors(CorsPolicy.any())
            .scene();

    RecordingExchange answer = full.listener.get(Scene.POLLING);
    RecordingUpgrade upgrade = full.listener.upgrade(Scene.WEBSOCKET);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
    assertThat(upgrade.refusal().status()).isEqualTo(503);
    assertThat(upgrade.refusal().headers().first("access-control-allow-origin")).contains("*");
    assertThat(full.core.connectionCount()).isZero();
    assertThat(full.core.stats().handshakesRefused()).isEqualTo(2);
  }

  @Test
  void admission_isAskedForNewConnectionsOnly() {
    AtomicInteger asked = new AtomicInteger();
    Scene counting =
        Scene.settings()
            .admission(
                Admission.of(
                    request -> {
                      asked.incrementAndGet();
                      return Decision.ADMIT;
                    }))
            .scene();

    String sid = counting.openPolling();
    counting.listener.post(Scene.polling(sid), "40");
    counting.listener.get(Scene.polling(sid));
    counting.listener.upgrade(Scene.webSocket(sid));

    assertThat(asked).hasValue(1);
  }

  @Test
  void cors_any_isOnEveryAnswerAndNeverWithCredentials() {
    Scene open = Scene.settings().cors(CorsPolicy.any()).scene();
    open.listener.with("Origin", "http://shop.example");
    String sid = open.openPolling();

    for (RecordingExchange answer :
        new RecordingExchange[] {
          open.listener.get("/socket.io/?EIO=4"),
          open.listener.post(Scene.polling(sid), "40"),
          open.listener.get(Scene.polling(sid)),
          open.listener.request("PUT", Scene.polling(sid), "", 0),
          open.listener.post(Scene.polling(sid), "abc"),
        }) {
      assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
      assertThat(answer.header("access-control-allow-credentials")).isEmpty();
    }
    assertThat(
            open.listener.upgrade(Scene.WEBSOCKET).headers().first("access-control-allow-origin"))
        .contains("*");
  }

  @ParameterizedTest
  @CsvSource({
    "http://good.example, true",
    "http://good.example:80, false",
    "HTTP://GOOD.EXAMPLE, false",
    "http://good.example.evil.example, false",
    "http://good.example@evil.example, false",
    "http://good.example., false",
    "null, false",
  })
  void cors_list_reflectsExactlyTheAllowedOnes(String origin, boolean allowed) {
    Scene listed =
        Scene.settings()
            .cors(CorsPolicy.origins(Set.of("http://good.example", "null")).withCredentials())
            .scene();
    listed.listener.with("Origin", origin);

    RecordingExchange answer = listed.listener.get(Scene.POLLING);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("vary")).isEqualTo("Origin");
    assertThat(answer.header("access-control-allow-origin")).isEqualTo(allowed ? origin : "");
    assertThat(answer.header("access-control-allow-credentials")).isEqualTo(allowed ? "true" : "");
  }

  @Test
  void cors_preflight_isAnsweredBeforeAnythingIsChecked() {
    Scene open = Scene.settings().cors(CorsPolicy.any()).scene();
    open.listener.with("Access-Control-Request-Headers", "authorization, x-user");

    RecordingExchange answer = open.listener.request("OPTIONS", "/socket.io/", "", 0);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("access-control-allow-methods"))
        .isEqualTo("GET,HEAD,PUT,PATCH,POST,DELETE");
    assertThat(answer.header("access-control-allow-headers")).isEqualTo("authorization, x-user");
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
  }

  @Test
  void cors_preflightWithOtherThanHeaderNames_reflectsNothing() {
    Scene open = Scene.settings().cors(CorsPolicy.any()).scene();
    for (String bad : new String[] {"x: 1\r\nSet-Cookie: a", "a,,b", "x".repeat(1_025), ""}) {
      open.listener.with("Access-Control-Request-Headers", bad);

      RecordingExchange answer = open.listener.request("OPTIONS", "/socket.io/", "", 0);

      assertThat(answer.header("access-control-allow-headers")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"/socket.io/, 1000000", "/socket.io, 1000000", "/socket.io/x, 77", "/socket.iox, 77"})
  void path_isEngineIosOrTheApplications(String path, int maxBodyBytes) {
    assertThat(scene.listener.postHead(path, scene.listener.exchange(0), 0).maxBytes())
        .isEqualTo(maxBodyBytes);
    assertThat(scene.listener.get(path + "?EIO=4&transport=polling").body())
        .startsWith(maxBodyBytes == 77 ? "application" : "0{");
  }

  @Test
  void upgrade_ofAnUnknownPath_is404() {
    assertThat(scene.listener.upgrade("/elsewhere").refusal().status()).isEqualTo(404);
  }

  @Test
  void serverClosing_newConnections_get503() {
    scene.core.close();
    scene.loops.run();

    assertThat(scene.listener.get(Scene.POLLING).status()).isEqualTo(503);
    assertThat(scene.listener.upgrade(Scene.WEBSOCKET).refusal().status()).isEqualTo(503);
  }

  @Test
  void serverCloses_webSocketIsBeingAccepted_endsItAsTheOthers() {
    RecordingUpgrade upgrade = scene.listener.sendUpgrade(Scene.WEBSOCKET, 0);
    scene.loops.loop(0).execute(() -> scene.core.close()); // before the channel opens
    scene.loops.run();

    assertThat(upgrade.channel().ending()).isEqualTo("close");
    assertEndedByShutdown(scene);
  }

  @Test
  void serverCloses_pollingHandshakeIsBeingAdmitted_endsItAsTheOthers() {
    AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    Scene slow =
        Scene.settings()
            .admission(
                Admission.of(
                    request -> {
                      meanwhile.get().run();
                      return Decision.ADMIT;
                    }))
            .scene();
    meanwhile.set(() -> slow.core.close());

    assertThat(slow.listener.get(Scene.POLLING).body()).startsWith("0{");

    assertEndedByShutdown(slow);
  }

  private static void assertEndedByShutdown(Scene scene) {
    assertThat(scene.core.connectionCount()).isZero();
    assertThat(scene.core.stats().closes())
        .containsEntry(DisconnectReason.SERVER_SHUTTING_DOWN, 1L);
    assertThat(scene.loops.loop(0).timers()).isZero();
  }

  @Test
  void stats_countConnectionsByTransport() {
    scene.openPolling();
    scene.connectWebSocket(0);

    assertThat(scene.core.stats().connections())
        .containsEntry(TransportName.POLLING, 1L)
        .containsEntry(TransportName.WEBSOCKET, 1L);
    assertThat(scene.core.stats().unconnected()).isEqualTo(1);
    assertThat(scene.core.connectionCount()).isEqualTo(2);
  }
}
