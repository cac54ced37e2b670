package io.realtime.socketio.server.namespace;

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

/** The policies for slow readers: conflate what is state, close for the rest. At most 5 packets. */
class SlowReaderTest {
  private final Scene scene = Scene.settings().outbound(10_000, 5, Duration.ofSeconds(10)).scene();
  private final List<Socket> sockets = new ArrayList<>();
  private final List<DisconnectReason> ends = new ArrayList<>();
  private final RecordingChannel client;

  SlowReaderTest() {
    scene
        .core
        .of("/")
        .onConnection(
            socket -> {
              sockets.add(socket);
              socket.onDisconnect(ends::add);
            });
    client = scene.connectWebSocket(0);
  }

  private void writable(boolean now) {
    scene.loops.in(0, () -> client.setWritable(now));
  }

  private void stock(String product, int amount) {
    scene.loops.in(
        0,
        () -> scene.core.of("/").emit(Message.of("stock", product, amount).conflatedBy(product)));
  }

  @Test
  void reader_keepsUp_getsEveryState() {
    stock("p1", 1);
    stock("p1", 2);

    assertThat(client.take()).containsExactly("42[\"stock\",\"p1\",1]", "42[\"stock\",\"p1\",2]");
    assertThat(scene.core.stats().conflated()).isZero();
  }

  @Test
  void slowReader_manyStatesOfFewKeys_endsWithTheLatestOfEachInItsPlace() {
    writable(false);
    for (int i = 1; i <= 100; i++) {
      stock("p1", i);
      stock("p2", -i);
    }

    writable(true);

    assertThat(client.take())
        .containsExactly("42[\"stock\",\"p1\",100]", "42[\"stock\",\"p2\",-100]");
    assertThat(scene.core.stats().conflated()).isEqualTo(198);
    assertThat(ends).isEmpty();
  }

  @Test
  void slowReader_sameKeyInTwoNamespaces_isTwoThings() {
    scene.core.of("/other").onConnection(sockets::add);
    scene.text(client, 0, "40/other,");
    client.take();
    writable(false);

    scene.loops.in(
        0,
        () -> {
          scene.core.of("/").emit(Message.of("a", 1).conflatedBy("k"));
          scene.core.of("/other").emit(Message.of("b", 2).conflatedBy("k"));
        });
    writable(true);

    assertThat(client.take()).containsExactly("42[\"a\",1]", "42/other,[\"b\",2]");
  }

  @Test
  void slowReader_packetsWithoutKeyAtTheBound_wait_oneMoreClosesIt() {
    writable(false);
    for (int i = 0; i < 5; i++) {
      scene.loops.in(0, () -> sockets.getFirst().emit("e"));
    }
    assertThat(ends).isEmpty();

    scene.loops.in(0, () -> sockets.getFirst().emit("e"));

    assertThat(ends).containsExactly(DisconnectReason.SLOW_CONSUMER);
    assertThat(scene.core.stats().closes()).containsEntry(DisconnectReason.SLOW_CONSUMER, 1L);
  }

  @Test
  void slowReader_fullQueue_stillTakesANewStateOfAKnownKey() {
    writable(false);
    stock("p1", 1);
    for (int i = 0; i < 4; i++) {
      scene.loops.in(0, () -> sockets.getFirst().emit("e"));
    }

    stock("p1", 2);

    assertThat(ends).isEmpty();
    writable(true);
    assertThat(client.take()).startsWith("42[\"stock\",\"p1\",2]").hasSize(5);
  }

  @Test
  void pollingReader_statesBetweenTwoPolls_areOneEach() {
    String sid = scene.connectPolling("/");
    stock("p1", 1);
    stock("p1", 2);

    assertThat(scene.listener.get(Scene.polling(sid)).body()).isEqualTo("42[\"stock\",\"p1\",2]");
  }

  @Test
  void applicationNamesItsReason_closesByTransport_reasonIsToldAndCounted() {
    // the name that DisconnectReasonTest leaves when it has used up all
    DisconnectReason reason = DisconnectReason.named("reason 31");

    scene.loops.in(0, () -> sockets.getFirst().closeTransport(reason));

    assertThat(ends).containsExactly(reason);
    assertThat(client.ending()).isEqualTo("close");
    assertThat(client.take()).as("no 41").isEmpty();
    assertThat(scene.core.stats().closes()).containsEntry(reason, 1L);
  }
}
