package io.realtime.socketio.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.CorsPolicy;
import io.realtime.socketio.server.api.EngineMiddleware;
import io.realtime.socketio.server.api.EngineMiddleware.Step;
import io.realtime.socketio.server.api.HoldLimits;
import io.realtime.socketio.server.api.SessionCookie;
import io.realtime.socketio.server.http.BodyReceiver;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.testing.RecordingExchange;
import io.realtime.socketio.server.testing.RecordingUpgrade;
import io.realtime.socketio.server.testing.Scene;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Middlewares, header hooks and the cookie. */
final class EngineHooksTest {

  private static EngineMiddleware adding(String name, String value) {
    return EngineMiddleware.of((request, headers) -> new Step.Next(headers.with(name, value)));
  }

  @Test
  void middlewares_runInOrderOnEveryRequest_andTheirHeadersStandOnEveryAnswer() {
    Scene scene =
        Scene.settings()
            .cors(CorsPolicy.any())
            .hooks(
                hooks ->
                    hooks
                        .withMiddleware(adding("x-seen", "first"))
                        .withMiddleware(
                            EngineMiddleware.of(
                                (request, headers) ->
                                    new Step.Next(
                                        headers.set(
                                            "x-seen",
                                            headers.first("x-seen").orElse("") + ",second")))))
            .scene();
    String sid = scene.openPolling();

    for (RecordingExchange answer :
        new RecordingExchange[] {
          scene.listener.get("/socket.io/?EIO=4"),
          scene.listener.post(Scene.polling(sid), "40"),
          scene.listener.get(Scene.polling(sid)),
          scene.listener.request("PUT", Scene.polling(sid), "", 0),
        }) {
      assertThat(answer.header("x-seen")).isEqualTo("first,second");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
    }
    assertThat(scene.listener.upgrade(Scene.WEBSOCKET).headers().first("x-seen"))
        .contains("first,second");
    assertThat(scene.listener.upgrade("/socket.io/?EIO=4").refusal().headers().first("x-seen"))
        .contains("first,second");
  }

  @Test
  void middleware_answersByItself_nothingElseRuns() {
    List<String> ran = new ArrayList<>();
    Scene scene =
        Scene.settings()
            .hooks(
                hooks ->
                    hooks
                        .withMiddleware(adding("x-seen", "yes"))
                        .withMiddleware(
                            EngineMiddleware.of(
                                (request, headers) ->
                                    new Step.Answer(HttpReply.text(418, "teapot"))))
                        .withMiddleware(
                            EngineMiddleware.of(
                                (request, headers) -> {
                                  ran.add(request.path());
                                  return new Step.Next(headers);
                                })))
            .scene();

    RecordingExchange answer = scene.listener.get(Scene.POLLING);
    RecordingUpgrade upgrade = scene.listener.upgrade(Scene.WEBSOCKET);

    assertThat(answer.status()).isEqualTo(418);
    assertThat(answer.header("x-seen")).isEqualTo("yes");
    assertThat(upgrade.refusal().status()).isEqualTo(418);
    assertThat(ran).isEmpty();
    assertThat(scene.core.connectionCount()).isZero();
  }

  @Test
  void middleware_fails_isABadRequest() {
    Scene scene =
        Scene.settings()
            .hooks(
                hooks ->
                    hooks.withMiddleware(
                        (request, headers) ->
                            CompletableFuture.failedFuture(new IllegalStateException("planted"))))
            .scene();

    assertThat(scene.listener.get(Scene.POLLING).body()).contains("\"code\":3");
    assertThat(scene.listener.upgrade(Scene.WEBSOCKET).refusalBody()).isEqualTo("Bad request");
  }

  @Test
  void middleware_decidesLater_bodyThatCameMeanwhileIsWorkedOn() {
    List<CompletableFuture<Step>> asked = new ArrayList<>();
    Scene scene =
        Scene.settings()
            .hooks(
                hooks ->
                    hooks.withMiddleware(
                        (request, headers) -> {
                          if (!request.method().equals("POST")) {
                            return CompletableFuture.completedFuture(new Step.Next(headers));
                          }
                          asked.add(new CompletableFuture<>());
                          return asked.getLast();
                        }))
            .scene();
    String sid = scene.openPolling();
    RecordingExchange post = scene.listener.post(Scene.polling(sid), "40");
    assertThat(post.answered()).isFalse();

    asked.getFirst().complete(new Step.Next(io.realtime.socketio.server.http.HttpHeaders.empty()));
    scene.loops.run();

    assertThat(post.body()).isEqualTo("ok");
    assertThat(scene.listener.get(Scene.polling(sid)).body()).startsWith("40{");
  }

  @Test
  void middleware_heldWhenTheBodyIsRefused_answersNothingMore() {
    List<CompletableFuture<Step>> asked = new ArrayList<>();
    Scene scene =
        Scene.settings()
            .with(options -> options.hold(new HoldLimits(10, Duration.ofSeconds(5))))
            .hooks(
                hooks ->
                    hooks.withMiddleware(
                        (request, headers) -> {
                          asked.add(new CompletableFuture<>());
                          return asked.getLast();
                        }))
            .scene();
    RecordingExchange exchange = scene.listener.exchange(0);
    BodyReceiver body = scene.listener.postHead("/socket.io/?EIO=4&sid=x", exchange, 0);
    HttpReply tooLarge = body.tooLarge();

    asked.getFirst().complete(new Step.Next(io.realtime.socketio.server.http.HttpHeaders.empty()));
    scene.loops.run();

    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(exchange.answered()).isFalse();
  }

  @Test
  void hooks_initialOnTheFirstAnswerOnly_theOtherOnEverySessionsAnswer() {
    Scene scene =
        Scene.settings()
            .hooks(
                hooks ->
                    hooks
                        .withInitialHeaders((headers, request) -> headers.with("x-initial", "1"))
                        .withHeaders((headers, request) -> headers.with("x-all", "1")))
            .scene();

    RecordingExchange first = scene.listener.get(Scene.POLLING);
    String sid = first.body().substring(first.body().indexOf("sid") + 6).substring(0, 20);
    RecordingExchange post = scene.listener.post(Scene.polling(sid), "40");
    RecordingExchange second = scene.listener.get(Scene.polling(sid));
    RecordingExchange error = scene.listener.get("/socket.io/?EIO=4");

    assertThat(first.header("x-initial") + first.header("x-all")).isEqualTo("11");
    assertThat(post.header("x-initial") + post.header("x-all")).isEqualTo("1");
    assertThat(second.header("x-initial") + second.header("x-all")).isEqualTo("1");
    assertThat(error.header("x-initial") + error.header("x-all")).isEmpty();
    assertThat(scene.listener.upgrade(Scene.webSocket(sid)).headers().asMap())
        .containsKey("x-all")
        .doesNotContainKey("x-initial");
    assertThat(scene.listener.upgrade(Scene.WEBSOCKET).headers().asMap())
        .containsKeys("x-all", "x-initial");
  }

  @Test
  void failingHook_leavesTheAnswerAsItWas() {
    Scene scene =
        Scene.settings()
            .hooks(
                hooks ->
                    hooks.withHeaders(
                        (headers, request) -> {
                          throw new IllegalStateException("planted");
                        }))
            .scene();

    assertThat(scene.listener.get(Scene.POLLING).header("cache-control")).isEqualTo("no-store");
  }

  @Test
  void cookie_isSetByThePollingHandshakeAlone() {
    Scene scene =
        Scene.settings().with(options -> options.cookie(SessionCookie.defaults())).scene();

    RecordingExchange first = scene.listener.get(Scene.POLLING);
    String sid = first.body().substring(first.body().indexOf("sid") + 6).substring(0, 20);

    assertThat(first.header("set-cookie"))
        .isEqualTo("io=" + sid + "; Path=/; HttpOnly; SameSite=Lax");
    assertThat(scene.listener.post(Scene.polling(sid), "40").header("set-cookie")).isEmpty();
    assertThat(scene.listener.get(Scene.polling(sid)).header("set-cookie")).isEmpty();
    assertThat(scene.listener.upgrade(Scene.WEBSOCKET).headers().first("set-cookie")).isEmpty();
    assertThat(Scene.create().listener.get(Scene.POLLING).header("set-cookie")).isEmpty();
  }

  @Test
  void everySessionsAnswer_isNeverStored_andQuietForOldExplorers() {
    Scene scene = Scene.create();
    scene.listener.with("User-Agent", "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0)");
    RecordingExchange first = scene.listener.get(Scene.POLLING);
    scene.listener.with("User-Agent", "Mozilla/4.0 (compatible;MSIE 8.0)");
    String sid = scene.openPolling();
    RecordingExchange post = scene.listener.post(Scene.polling(sid), "40");

    for (RecordingExchange answer : List.of(first, post)) {
      assertThat(answer.header("cache-control")).isEqualTo("no-store");
      assertThat(answer.header("x-xss-protection")).isEqualTo("0");
    }
    assertThat(Scene.create().listener.get(Scene.POLLING).header("x-xss-protection")).isEmpty();
    assertThat(post.header("content-type")).isEqualTo("text/html");
    assertThat(post.answer().body()).isEqualTo("ok".getBytes(StandardCharsets.UTF_8));
  }
}
