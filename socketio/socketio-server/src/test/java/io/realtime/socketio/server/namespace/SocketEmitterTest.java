package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realtime.socketio.server.api.Emitter;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to send to one client. */
class SocketEmitterTest {
  private final Scene scene =
      Scene.settings().heartbeat(Duration.ofSeconds(250), Duration.ofSeconds(20)).scene();
  private final RecordingChannel client;
  private final Socket socket;

  SocketEmitterTest() {
    List<Socket> sockets = new ArrayList<>();
    scene.core.onConnection(sockets::add);
    client = scene.connectWebSocket(0);
    socket = sockets.getFirst();
  }

  @Test
  void volatileOnly_transportCannotTakeIt_isDroppedAndCounted() {
    scene.loops.in(0, () -> client.setWritable(false));
    socket.volatileOnly().emit("lost");
    socket.emit("kept");
    scene.loops.run();
    scene.loops.in(0, () -> client.setWritable(true));

    assertThat(client.take()).containsExactly("42[\"kept\"]");
    assertThat(scene.core.stats().volatileDropped()).isEqualTo(1);

    socket.volatileOnly().emit("taken");
    scene.loops.run();
    assertThat(client.take()).containsExactly("42[\"taken\"]");
  }

  @Test
  void emitter_isImmutable() {
    Emitter plain = socket.compress(false);
    var _ = plain.volatileOnly();
    scene.loops.in(0, () -> client.setWritable(false));

    plain.emit("kept");
    scene.loops.run();
    scene.loops.in(0, () -> client.setWritable(true));

    assertThat(client.take()).containsExactly("42[\"kept\"]");
  }

  @Test
  void timeout_noAnswer_failsThen() {
    CompletableFuture<List<@Nullable Object>> answer =
        socket.timeout(Duration.ofMillis(100)).emitWithAck("q").toCompletableFuture();
    scene.loops.advanceMillis(90);
    assertThat(answer).isNotDone();

    scene.loops.advanceMillis(30);

    assertThat(answer).isCompletedExceptionally();
    assertThat(answer.exceptionNow())
        .isInstanceOf(TimeoutException.class)
        .hasMessage("operation has timed out");
  }

  @Test
  void withoutTimeout_answerIsWaitedForUntilTheSocketEnds() {
    CompletableFuture<List<@Nullable Object>> answer =
        socket.emitWithAck("q").toCompletableFuture();
    scene.loops.advance(Duration.ofSeconds(60));
    assertThat(answer).isNotDone();

    scene.loops.in(0, () -> client.events().onClose(1006));

    assertThat(answer.exceptionNow()).hasMessage("socket has been disconnected");
  }

  @Test
  void questionToAnEndedSocket_failsAtOnce() {
    scene.loops.in(0, () -> client.events().onClose(1006));

    CompletableFuture<List<@Nullable Object>> answer =
        socket.emitWithAck("q").toCompletableFuture();
    scene.loops.run();

    assertThat(answer.exceptionNow()).isInstanceOf(TimeoutException.class);
  }

  @Test
  void send_isAnEventOfTheNameMessage() {
    socket.send("a", 1);
    socket.volatileOnly().send();
    scene.core.send("all");
    scene.loops.run();

    assertThat(client.take())
        .containsExactly("42[\"message\",\"a\",1]", "42[\"message\"]", "42[\"message\",\"all\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connect",
        "connect_error",
        "disconnect",
        "disconnecting",
        "newListener",
        "removeListener"
      })
  void reservedNames_areRefused(String name) {
    assertThatThrownBy(() -> socket.emit(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("event: " + name + " (expected: a name that is not reserved)");
    assertThatThrownBy(() -> scene.core.emit(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void serverSideEmit_reservedName_isRefused() {
    assertThatThrownBy(() -> scene.core.serverSideEmit("connection"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
