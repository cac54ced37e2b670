package io.realtime.socketio.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketTest {
  private final List<DisconnectReason> ends = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();

  private Scene scene(int maxBytes, int maxPackets, Duration maxAge) {
    Scene scene =
        Scene.settings()
            .heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(20))
            .outbound(maxBytes, maxPackets, maxAge)
            .scene();
    scene
        .core
        .of("/")
        .onConnection(
            socket -> {
              sockets.add(socket);
              socket.onDisconnect(ends::add);
            });
    return scene;
  }

  private Scene scene() {
    return scene(1_000_000, 1_000, Duration.ofSeconds(10));
  }

  private void emit(Scene scene, String event, int times) {
    scene.loops.in(
        0,
        () -> {
          for (int i = 0; i < times; i++) {
            sockets.getFirst().emit(event);
          }
        });
  }

  @Test
  void burstInOneTurn_isOneFlush() {
    Scene scene = scene();
    RecordingChannel client = scene.connectWebSocket(0);
    int before = client.flushes();

    emit(scene, "x", 50);

    assertThat(client.take()).hasSize(50);
    assertThat(client.flushes()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "", "7", "4"})
  void undecodableFrame_endsTheConnection(String frame) {
    Scene scene = scene();
    RecordingChannel client = scene.connectWebSocket(0);

    scene.text(client, 0, frame);

    assertThat(ends).containsExactly(DisconnectReason.PARSE_ERROR);
    assertThat(client.ending()).isEqualTo("close");
  }

  @Test
  void clientSendsClose_endsAtOnce() {
    Scene scene = scene();
    RecordingChannel client = scene.connectWebSocket(0);

    scene.text(client, 0, "1");

    assertThat(ends).containsExactly(DisconnectReason.TRANSPORT_CLOSE);
    assertThat(client.ending()).isEqualTo("close");
  }

  @ParameterizedTest
  @CsvSource({
    "1000, transport close",
    "1005, transport close",
    "1006, transport close",
    "1002, transport error",
    "1007, transport error",
    "1008, transport error",
    "1009, transport error",
  })
  void channelCloses_reasonTellsAViolationFromAGoodbye(int code, DisconnectReason reason) {
    Scene scene = scene();
    RecordingChannel client = scene.connectWebSocket(0);

    scene.loops.in(0, () -> client.events().onClose(code));

    assertThat(ends).containsExactly(reason);
    assertThat(scene.core.connectionCount()).isZero();
    assertThat(scene.loops.loop(0).timers()).isZero();
  }

  @Test
  void notWritable_packetsWaitInOrderAndLeaveWhenItIs() {
    Scene scene = scene();
    RecordingChannel client = scene.connectWebSocket(0);
    scene.loops.in(0, () -> client.setWritable(false));
    emit(scene, "a", 2);
    assertThat(client.take()).isEmpty();

    scene.loops.in(0, () -> client.setWritable(true));
    emit(scene, "b", 1);

    assertThat(client.take()).containsExactly("42[\"a\"]", "42[\"a\"]", "42[\"b\"]");
  }

  @Test
  void notWritable_packetsAtTheBound_onePastItIsASlowConsumer() {
    Scene scene = scene(1_000_000, 5, Duration.ofSeconds(10));
    RecordingChannel client = scene.connectWebSocket(0);
    scene.loops.in(0, () -> client.setWritable(false));

    emit(scene, "x", 5);
    assertThat(ends).isEmpty();
    emit(scene, "x", 1);

    assertThat(ends).containsExactly(DisconnectReason.SLOW_CONSUMER);
    assertThat(client.ending()).isEqualTo("abort");
    assertThat(scene.core.stats().closes()).containsEntry(DisconnectReason.SLOW_CONSUMER, 1L);
  }

  @Test
  void slowConsumer_channelReportsItsEndFromWithin_keepsItsReason() {
    Scene scene = scene(1_000_000, 5, Duration.ofSeconds(10));
    RecordingChannel client = scene.connectWebSocket(0);
    client.reportEndAtOnce();
    scene.loops.in(0, () -> client.setWritable(false));

    emit(scene, "x", 6);

    assertThat(ends).containsExactly(DisconnectReason.SLOW_CONSUMER);
    assertThat(client.ending()).isEqualTo("abort");
    assertThat(scene.core.stats().closes())
        .containsEntry(DisconnectReason.SLOW_CONSUMER, 1L)
        .containsEntry(DisconnectReason.TRANSPORT_CLOSE, 0L);
  }

  @Test
  void notWritable_bytesAtTheBound_onePastItIsASlowConsumer() {
    int size = "42[\"x\"]".length();
    Scene scene = scene(3 * size, 1_000, Duration.ofSeconds(10));
    RecordingChannel client = scene.connectWebSocket(0);
    scene.loops.in(0, () -> client.setWritable(false));

    emit(scene, "x", 3);
    assertThat(ends).isEmpty();
    emit(scene, "x", 1);

    assertThat(ends).containsExactly(DisconnectReason.SLOW_CONSUMER);
  }

  @Test
  void notWritable_oldestReachesItsAge_isASlowConsumer() {
    Scene scene = scene(1_000_000, 1_000, Duration.ofSeconds(10));
    RecordingChannel client = scene.connectWebSocket(0);
    scene.loops.in(0, () -> client.setWritable(false));
    emit(scene, "x", 1);

    scene.loops.advanceMillis(9_999);
    assertThat(ends).isEmpty();
    scene.loops.advanceMillis(11);

    assertThat(ends).containsExactly(DisconnectReason.SLOW_CONSUMER);
  }

  @Test
  void polling_nobodyPolls_packetsAtTheBound_onePastItIsASlowConsumer() {
    Scene scene = scene(1_000_000, 5, Duration.ofSeconds(10));
    String sid = scene.connectPolling("/");

    emit(scene, "x", 5);
    assertThat(ends).isEmpty();
    emit(scene, "x", 1);

    assertThat(ends).containsExactly(DisconnectReason.SLOW_CONSUMER);
    assertThat(scene.listener.get(Scene.polling(sid)).body()).contains("\"code\":1");
  }

  @Test
  void polling_nobodyPolls_oldestReachesItsAge_isASlowConsumer() {
    Scene scene = scene(1_000_000, 1_000, Duration.ofSeconds(2));
    scene.connectPolling("/");
    emit(scene, "x", 1);

    scene.loops.advanceMillis(1_999);
    assertThat(ends).isEmpty();
    scene.loops.advanceMillis(11);

    assertThat(ends).containsExactly(DisconnectReason.SLOW_CONSUMER);
  }

  @Test
  void otherThreads_handOverMoreThanTheBoundBeforeTheLoopRuns_isASlowConsumer() {
    Scene scene = scene(1_000_000, 5, Duration.ofSeconds(10));
    RecordingChannel client = scene.connectWebSocket(0);
    Socket socket = sockets.getFirst();
    for (int i = 0; i < 5; i++) {
      socket.emit("x");
    }
    scene.loops.run();
    assertThat(ends).isEmpty();
    assertThat(client.take()).hasSize(5);

    for (int i = 0; i < 6; i++) {
      socket.emit("x");
    }
    scene.loops.run();

    assertThat(ends).containsExactly(DisconnectReason.SLOW_CONSUMER);
  }

  @Test
  void volatileBroadcast_slowClientDropsIt_fastOneGetsIt() {
    Scene scene = scene();
    RecordingChannel slow = scene.connectWebSocket(0);
    RecordingChannel fast = scene.connectWebSocket(0);
    scene.loops.in(0, () -> slow.setWritable(false));

    scene.loops.in(0, () -> scene.core.of("/").volatileOnly().emit("tick"));
    scene.loops.in(0, () -> slow.setWritable(true));

    assertThat(slow.take()).isEmpty();
    assertThat(fast.take()).containsExactly("42[\"tick\"]");
    assertThat(scene.core.stats().volatileDropped()).isEqualTo(1);
  }

  @Test
  void volatileBroadcast_pollingClientWithoutAPoll_dropsIt() {
    Scene scene = scene();
    String sid = scene.connectPolling("/");
    scene.loops.in(0, () -> scene.core.of("/").volatileOnly().emit("lost"));

    var waiting = scene.listener.get(Scene.polling(sid));
    assertThat(waiting.answered()).isFalse();
    scene.loops.in(0, () -> scene.core.of("/").volatileOnly().emit("kept"));

    assertThat(waiting.body()).isEqualTo("42[\"kept\"]");
  }

  @Test
  void oneClientOverflowsInABroadcast_theOthersGetIt() {
    Scene scene = scene(1_000_000, 1, Duration.ofSeconds(10));
    List<RecordingChannel> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(scene.connectWebSocket(0));
    }
    scene.loops.in(0, () -> clients.get(3).setWritable(false));
    scene.loops.in(
        0,
        () -> {
          scene.core.of("/").emit("a");
          scene.core.of("/").emit("b");
        });

    assertThat(ends).containsExactly(DisconnectReason.SLOW_CONSUMER);
    assertThat(scene.core.of("/").localSocketCount()).isEqualTo(19);
    for (int i = 0; i < 20; i++) {
      if (i != 3) {
        assertThat(clients.get(i).take()).containsExactly("42[\"a\"]", "42[\"b\"]");
      }
    }
  }

  @Test
  void broadcast_allClientsShareOneFrame() {
    Scene scene = scene();
    RecordingChannel first = scene.connectWebSocket(0);
    RecordingChannel second = scene.connectWebSocket(0);

    scene.loops.in(0, () -> scene.core.of("/").emit(Message.of("a")));

    assertThat(first.frames().getLast()).isSameAs(second.frames().getLast());
  }

  @Test
  void closedByTheServer_whatWaitsIsHandedOverBeforeTheCloseFrame() {
    Scene scene = scene();
    RecordingChannel client = scene.connectWebSocket(0);
    scene.loops.in(0, () -> client.setWritable(false));
    emit(scene, "last", 1);

    scene.loops.in(0, () -> sockets.getFirst().closeTransport(DisconnectReason.FORCED_CLOSE));

    assertThat(client.take()).containsExactly("42[\"last\"]");
    assertThat(client.ending()).isEqualTo("close");
    assertThat(ends).containsExactly(DisconnectReason.FORCED_CLOSE);
  }
}
