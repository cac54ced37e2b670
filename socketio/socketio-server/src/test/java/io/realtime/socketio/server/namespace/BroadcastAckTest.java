package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.AnswersMissingException;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Questions to many clients on three loops. */
class BroadcastAckTest {
  private static final int LOOPS = 3;

  private final Scene scene =
      Scene.settings()
          .loops(LOOPS)
          .heartbeat(Duration.ofSeconds(250), Duration.ofSeconds(20))
          .scene();
  private final Namespace main = scene.core.of("/");
  private final List<Socket> sockets = new ArrayList<>();
  private final List<RecordingChannel> clients = new ArrayList<>();

  BroadcastAckTest() {
    main.onConnection(sockets::add);
    for (int i = 0; i < LOOPS; i++) {
      clients.add(scene.connectWebSocket(i));
    }
  }

  private CompletableFuture<List<@Nullable Object>> ask(
      Supplier<CompletionStage<List<@Nullable Object>>> question) {
    CompletableFuture<List<@Nullable Object>> answers = question.get().toCompletableFuture();
    scene.loops.run();
    return answers;
  }

  private void answer(int client, String packet) {
    scene.text(clients.get(client), client, packet);
  }

  @Test
  void emitWithAck_allAnswer_completesWithTheFirstArgumentOfEach() throws Exception {
    CompletableFuture<List<@Nullable Object>> answers = ask(() -> main.emitWithAck("q", 1));
    assertThat(clients)
        .allSatisfy(client -> assertThat(client.take()).containsExactly("420[\"q\",1]"));

    answer(2, "430[\"c\",\"more\"]");
    answer(0, "430[]");
    assertThat(answers).isNotDone();
    answer(1, "430[\"b\"]");

    assertThat(answers.get()).containsExactly("c", null, "b");
  }

  @Test
  void emitWithAck_someAnswer_failsAtTheTimeoutWithThose() {
    CompletableFuture<List<@Nullable Object>> answers =
        ask(() -> main.timeout(Duration.ofSeconds(1)).emitWithAck("q"));
    answer(1, "430[\"b\"]");
    scene.loops.advanceMillis(999);
    assertThat(answers).isNotDone();

    scene.loops.advanceMillis(20);

    assertThat(answers.exceptionNow())
        .hasMessage("operation has timed out")
        .isInstanceOfSatisfying(
            AnswersMissingException.class,
            missing -> assertThat(missing.answers()).containsExactly("b"));
  }

  @Test
  void emitWithAck_answersAfterTheTimeout_areIgnored() {
    CompletableFuture<List<@Nullable Object>> answers =
        ask(() -> main.timeout(Duration.ofSeconds(1)).emitWithAck("q"));
    scene.loops.advanceMillis(1_020);

    answer(0, "430[\"late\"]");

    assertThat(answers).isCompletedExceptionally();
    assertThat(clients.getFirst().ending()).isEmpty();
  }

  @Test
  void emitWithAck_nobodyMatches_completesEmptyAtOnce() throws Exception {
    assertThat(ask(() -> main.to("nowhere").emitWithAck("q")).get()).isEmpty();
  }

  @Test
  void emitWithAck_toRoomsExcept_asksThoseOnly() throws Exception {
    main.to(sockets.get(0).id(), sockets.get(1).id()).socketsJoin("r");
    CompletableFuture<List<@Nullable Object>> answers =
        ask(() -> main.to("r").except(sockets.get(1).id()).local().emitWithAck("q"));

    assertThat(clients.get(0).take()).containsExactly("420[\"q\"]");
    assertThat(clients.get(1).take()).isEmpty();
    answer(0, "430[1]");

    assertThat(answers.get()).containsExactly(1);
  }

  @Test
  void emitWithAck_clientLeavesUnanswered_failsAtTheTimeout() {
    CompletableFuture<List<@Nullable Object>> answers =
        ask(() -> main.timeout(Duration.ofSeconds(1)).emitWithAck("q"));
    answer(0, "430[\"a\"]");
    answer(1, "430[\"b\"]");
    scene.loops.in(2, () -> clients.get(2).events().onClose(1006));
    assertThat(answers).isNotDone();

    scene.loops.advanceMillis(1_020);

    assertThat(answers).isCompletedExceptionally();
  }

  @Test
  void questionsOfSocketsAndBroadcasts_shareOneRowOfIds() {
    for (int i = 0; i < 2; i++) {
      var _ = sockets.getFirst().emitWithAck("single");
      var _ = main.to(sockets.getFirst().id()).emitWithAck("broad");
    }
    scene.loops.run();

    assertThat(clients.getFirst().take())
        .containsExactly("420[\"single\"]", "421[\"broad\"]", "422[\"single\"]", "423[\"broad\"]");
  }

  @Test
  void emitWithAck_isEncodedOnceForAll() {
    var _ = ask(() -> main.emitWithAck("q", "x"));

    assertThat(clients.get(0).frames().getLast()).isSameAs(clients.get(2).frames().getLast());
  }
}
