package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Questions of the server, and what becomes of them. */
class EmitWithAckTest {
  private final Scene scene =
      Scene.settings().heartbeat(Duration.ofSeconds(250), Duration.ofSeconds(20)).scene();
  private final Namespace main = scene.core.of("/");
  private final List<Socket> sockets = new ArrayList<>();

  EmitWithAckTest() {
    main.onConnection(sockets::add);
  }

  @Test
  void emitWithAck_clientAnswers_completesWithTheArguments() throws Exception {
    RecordingChannel client = scene.connectWebSocket(0);
    CompletionStage<List<@Nullable Object>> answer =
        sockets.getFirst().emitWithAck(Duration.ofSeconds(1), "q", "x");
    scene.loops.run();
    assertThat(client.take()).containsExactly("420[\"q\",\"x\"]");

    scene.text(client, 0, "430[\"yes\",2]");
    scene.text(client, 0, "430[\"again\"]");
    scene.text(client, 0, "43999[]");

    assertThat(answer.toCompletableFuture().get()).containsExactly("yes", 2);
    assertThat(client.ending()).isEmpty();
  }

  @Test
  void emitWithAck_ids_areSharedByAllSocketsOfTheNamespace() {
    RecordingChannel first = scene.connectWebSocket(0);
    RecordingChannel second = scene.connectWebSocket(0);
    for (Socket socket : sockets) {
      var _ = socket.emitWithAck(Duration.ofSeconds(1), "q");
    }
    scene.loops.run();

    assertThat(first.take()).containsExactly("420[\"q\"]");
    assertThat(second.take()).containsExactly("421[\"q\"]");
  }

  @Test
  void emitWithAck_noAnswer_failsAtTheTimeout() {
    scene.connectWebSocket(0);
    CompletableFuture<List<@Nullable Object>> answer =
        sockets.getFirst().emitWithAck(Duration.ofSeconds(1), "q").toCompletableFuture();
    scene.loops.advanceMillis(999);
    assertThat(answer).isNotDone();

    scene.loops.advanceMillis(11);

    assertThat(answer)
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void emitWithAck_connectionEnds_failsAtOnceAndLeavesNoAlarm() {
    RecordingChannel client = scene.connectWebSocket(0);
    CompletableFuture<List<@Nullable Object>> answer =
        sockets.getFirst().emitWithAck(Duration.ofSeconds(1), "q").toCompletableFuture();
    scene.loops.run();

    scene.loops.in(0, () -> client.events().onClose(1006));

    assertThat(answer).isCompletedExceptionally();
    scene.loops.advanceMillis(1_000);
    assertThat(scene.loops.loop(0).timers()).isZero();
  }

  @Test
  void emitWithAck_pendingAtTheBound_onePastItFails() {
    scene.connectWebSocket(0);
    List<CompletableFuture<List<@Nullable Object>>> answers = new ArrayList<>();
    scene.loops.in(
        0,
        () -> {
          for (int i = 0; i <= PendingAcks.MAX; i++) {
            answers.add(
                sockets.getFirst().emitWithAck(Duration.ofSeconds(1), "q").toCompletableFuture());
          }
        });

    assertThat(answers.subList(0, PendingAcks.MAX)).noneMatch(CompletableFuture::isDone);
    assertThat(answers.getLast()).isCompletedExceptionally();
  }

  @Test
  void emitWithAck_otherThreadsHandOverAtTheBound_onePastItFailsAtOnce() {
    Scene tight = Scene.settings().outbound(1_000_000, 5, Duration.ofSeconds(10)).scene();
    tight.core.of("/").onConnection(sockets::add);
    tight.connectWebSocket(0);
    List<CompletableFuture<List<@Nullable Object>>> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) { // and no turn of the loop in between
      answers.add(sockets.getFirst().emitWithAck(Duration.ofSeconds(1), "q").toCompletableFuture());
    }

    assertThat(answers.subList(0, 5)).noneMatch(CompletableFuture::isDone);
    assertThat(answers.getLast())
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(TimeoutException.class);

    tight.loops.run();
    assertThat(answers).allMatch(CompletableFuture::isCompletedExceptionally);
  }
}
