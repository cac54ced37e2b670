package io.realtime.socketio.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.Admission;
import io.realtime.socketio.server.api.Admission.Decision;
import io.realtime.socketio.server.api.HoldLimits;
import io.realtime.socketio.server.api.ServerStats.Holds;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.testing.RecordingExchange;
import io.realtime.socketio.server.testing.RecordingUpgrade;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Requests for a connection that are refused, or held until the application knows. */
final class AdmissionTest {
  private static final int MAX_HELD = 2;

  private final List<CompletableFuture<Decision>> asked = new ArrayList<>();
  private final Scene scene =
      Scene.settings()
          .with(options -> options.hold(new HoldLimits(MAX_HELD, Duration.ofSeconds(1))))
          .admission(
              request -> {
                CompletableFuture<Decision> decision = new CompletableFuture<>();
                asked.add(decision);
                return decision;
              })
          .scene();

  private Holds holds() {
    return scene.core.stats().holds();
  }

  @Test
  void forbidden_polling_is403WithTheApplicationsWords() {
    Scene closed =
        Scene.settings()
            .admission(Admission.of(request -> new Decision.Forbid("not \"you\"\n\\")))
            .scene();

    RecordingExchange answer = closed.listener.get(Scene.POLLING);
    RecordingUpgrade upgrade = closed.listener.upgrade(Scene.WEBSOCKET);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.body()).isEqualTo("{\"code\":4,\"message\":\"not \\\"you\\\"\\u000a\\\\\"}");
    assertThat(upgrade.refusal().status()).isEqualTo(400);
    assertThat(upgrade.refusalBody()).isEqualTo("not \"you\"\n\\");
    assertThat(closed.core.stats().handshakesRefused()).isEqualTo(2);
  }

  @Test
  void admission_comesBeforeTheRevision() {
    Scene closed =
        Scene.settings().admission(Admission.of(request -> new Decision.Forbid("no"))).scene();

    assertThat(closed.listener.get("/socket.io/?EIO=9&transport=polling").body())
        .contains("\"code\":4");
  }

  @Test
  void held_admittedLater_opensAsIfAtOnce() {
    RecordingExchange polling = scene.listener.get(Scene.POLLING);
    RecordingUpgrade webSocket = scene.listener.upgrade(Scene.WEBSOCKET);
    assertThat(polling.answered()).isFalse();
    assertThat(webSocket.refused()).isFalse();
    assertThat(scene.core.connectionCount()).isZero();
    assertThat(holds()).isEqualTo(new Holds(2, 0, 0));

    asked.forEach(decision -> decision.complete(Decision.ADMIT)); // from no loop at all
    scene.loops.run();

    assertThat(polling.body()).startsWith("0{");
    assertThat(webSocket.channel().take()).first().asString().startsWith("0{");
    assertThat(holds()).isEqualTo(new Holds(0, 0, 0));
  }

  @Test
  void held_refusedLater_getsThatAnswer() {
    RecordingExchange polling = scene.listener.get(Scene.POLLING);

    asked.getFirst().complete(new Decision.Answer(HttpReply.text(429, "slow down")));
    scene.loops.run();

    assertThat(polling.status()).isEqualTo(429);
    assertThat(scene.core.stats().handshakesRefused()).isEqualTo(1);
  }

  @Test
  void held_atTheLimit_onePastItIs503AtOnce() {
    for (int i = 0; i < MAX_HELD; i++) {
      assertThat(scene.listener.get(Scene.POLLING).answered()).isFalse();
    }

    RecordingExchange excess = scene.listener.get(Scene.POLLING);

    assertThat(excess.status()).isEqualTo(503);
    assertThat(excess.header("retry-after")).isNotEmpty();
    assertThat(asked.getLast()).isCancelled();
    assertThat(holds()).isEqualTo(new Holds(MAX_HELD, 1, 0));

    asked.getFirst().complete(Decision.ADMIT);
    scene.loops.run();
    assertThat(scene.listener.get(Scene.POLLING).answered()).isFalse();
    assertThat(holds().waiting()).isEqualTo(MAX_HELD);
  }

  @Test
  void held_undecided_is503AtTheDeadlineAndNotBefore() {
    RecordingExchange polling = scene.listener.get(Scene.POLLING);
    RecordingUpgrade webSocket = scene.listener.upgrade(Scene.WEBSOCKET);

    scene.loops.advanceMillis(999);
    assertThat(polling.answered()).isFalse();
    scene.loops.advanceMillis(2);

    assertThat(polling.status()).isEqualTo(503);
    assertThat(webSocket.refusal().status()).isEqualTo(503);
    assertThat(asked).allMatch(CompletableFuture::isCancelled);
    assertThat(holds()).isEqualTo(new Holds(0, 0, 2));
    assertThat(scene.loops.loop(0).timers()).isZero();
  }

  @Test
  void held_clientGoesAway_roomIsFreeAndTheApplicationHears() {
    RecordingExchange polling = scene.listener.get(Scene.POLLING);

    scene.loops.in(0, polling::abort);

    assertThat(asked.getFirst()).isCancelled();
    assertThat(polling.answered()).isFalse();
    assertThat(holds()).isEqualTo(new Holds(0, 0, 0));
    assertThat(scene.core.connectionCount()).isZero();
  }

  @Test
  void held_serverCloses_is503() {
    RecordingExchange polling = scene.listener.get(Scene.POLLING);

    scene.core.close();
    scene.loops.run();

    assertThat(polling.status()).isEqualTo(503);
    assertThat(holds().waiting()).isZero();
  }

  @Test
  void failingAdmission_putsOffAndNothingIsOpened() {
    RecordingExchange later = scene.listener.get(Scene.POLLING);
    asked.getFirst().completeExceptionally(new IllegalStateException("planted"));
    scene.loops.run();
    Scene throwing =
        Scene.settings()
            .admission(
                request -> {
                  throw new IllegalStateException("planted");
                })
            .scene();

    assertThat(later.status()).isEqualTo(503);
    assertThat(throwing.listener.get(Scene.POLLING).status()).isEqualTo(503);
    assertThat(throwing.core.connectionCount()).isZero();
  }
}
