package io.realtime.socketio.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.RecordingExchange;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private final Scene scene = Scene.create();
  private final List<DisconnectReason> ends = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final List<Long> proven = new ArrayList<>();

  HeartbeatTest() {
    scene
        .core
        .of("/")
        .onConnection(
            socket -> {
              sockets.add(socket);
              socket.onDisconnect(ends::add);
              socket.onProven(proven::add);
            });
  }

  private void emit(String event, long mark) {
    scene.loops.in(0, () -> sockets.getFirst().emit(Message.of(event), mark));
  }

  @Test
  void webSocket_pingsAtTheIntervalAfterEachPong() {
    RecordingChannel client = scene.connectWebSocket(0);
    for (int i = 0; i < 3; i++) {
      scene.loops.advanceMillis(299);
      assertThat(client.take()).isEmpty();
      scene.loops.advanceMillis(11);
      assertThat(client.take()).containsExactly("2");
      scene.text(client, 0, "3");
    }
    assertThat(ends).isEmpty();
  }

  @Test
  void webSocket_noPong_closesAtIntervalPlusTimeout() {
    RecordingChannel client = scene.connectWebSocket(0);

    scene.loops.advanceMillis(499);
    assertThat(ends).isEmpty();
    scene.loops.advanceMillis(11);

    assertThat(ends).containsExactly(DisconnectReason.PING_TIMEOUT);
    assertThat(client.ending()).isEqualTo("close");
    assertThat(scene.loops.loop(0).timers()).isZero();
  }

  @Test
  void webSocket_messagesButNoPong_closesAllTheSame() {
    RecordingChannel client = scene.connectWebSocket(0);
    for (int i = 0; i < 6; i++) {
      scene.loops.advanceMillis(100);
      scene.text(client, 0, "42[\"busy\"]");
    }

    assertThat(ends).containsExactly(DisconnectReason.PING_TIMEOUT);
  }

  @Test
  void webSocket_loopStoodStillPastThePingAndItsTimeout_clientStillGetsThePing() {
    RecordingChannel client = scene.connectWebSocket(0);

    scene.loops.stall(Duration.ofMillis(700));
    scene.loops.advanceMillis(1);
    assertThat(client.take()).containsExactly("2");
    scene.loops.advanceMillis(148);
    scene.text(client, 0, "3");
    scene.loops.advanceMillis(100);

    assertThat(ends).isEmpty();
  }

  @Test
  void webSocket_loopStoodStillAndNoPong_closesThreeQuartersOfTheTimeoutLater() {
    RecordingChannel client = scene.connectWebSocket(0);

    scene.loops.stall(Duration.ofMillis(700));
    scene.loops.advanceMillis(140);
    assertThat(ends).isEmpty();
    scene.loops.advanceMillis(30);

    assertThat(ends).containsExactly(DisconnectReason.PING_TIMEOUT);
    assertThat(client.ending()).isEqualTo("close");
  }

  @Test
  void webSocket_loopStoodStillWhileThePongWasUnderWay_pongBehindMessagesIsStillTaken() {
    RecordingChannel client = scene.connectWebSocket(0);
    scene.loops.advanceMillis(310);
    assertThat(client.take()).containsExactly("2");

    scene.loops.stall(Duration.ofMillis(600));
    scene.text(client, 0, "42[\"sent meanwhile\"]");
    scene.loops.advanceMillis(1);
    scene.text(client, 0, "3");
    scene.loops.advanceMillis(100);

    assertThat(ends).isEmpty();
  }

  @Test
  void webSocket_loopStandsStillAgainAndAgain_extendsOnePongOnce() {
    scene.connectWebSocket(0);
    scene.loops.advanceMillis(310);

    scene.loops.stall(Duration.ofMillis(300));
    scene.loops.advanceMillis(1);
    assertThat(ends).isEmpty();
    scene.loops.stall(Duration.ofMillis(300));
    scene.loops.advanceMillis(1);

    assertThat(ends).containsExactly(DisconnectReason.PING_TIMEOUT);
  }

  @Test
  void polling_nobodyPolls_isGoneExactlyAtIntervalPlusTimeoutEvenBeforeAnyTimerRan() {
    String sid = scene.connectPolling("/");

    scene.loops.stall(Duration.ofMillis(300));
    scene.listener.post(Scene.polling(sid), "42[\"x\"]");
    scene.loops.stall(Duration.ofMillis(200));

    assertThat(scene.listener.get(Scene.polling(sid)).status()).isEqualTo(400);
    assertThat(ends).containsExactly(DisconnectReason.PING_TIMEOUT);
  }

  @Test
  void polling_pingComesWithThePollAndThePongByPost() {
    String sid = scene.connectPolling("/");
    for (int i = 0; i < 3; i++) {
      RecordingExchange waiting = scene.listener.get(Scene.polling(sid));
      scene.loops.advanceMillis(310);
      assertThat(waiting.body()).isEqualTo("2");
      assertThat(scene.listener.post(Scene.polling(sid), "3").body()).isEqualTo("ok");
    }
    assertThat(ends).isEmpty();
  }

  @Test
  void mark_webSocket_pingRidesBehindThePacketInTheSameFlush() {
    RecordingChannel client = scene.connectWebSocket(0);
    int flushes = client.flushes();

    emit("a", 7);

    assertThat(client.take()).containsExactly("42[\"a\"]", "2");
    assertThat(client.flushes()).isEqualTo(flushes + 1);
    assertThat(proven).isEmpty();

    scene.text(client, 0, "3");
    assertThat(proven).containsExactly(7L);
  }

  @Test
  void marks_inABurst_costOnePingAndProveTheHighest() {
    RecordingChannel client = scene.connectWebSocket(0);
    scene.loops.in(
        0,
        () -> {
          for (int mark = 1; mark <= 5; mark++) {
            sockets.getFirst().emit(Message.of("e"), mark);
          }
        });

    assertThat(client.take()).hasSize(6).last().isEqualTo("2");
    scene.text(client, 0, "3");
    assertThat(proven).containsExactly(5L);
  }

  @Test
  void marks_behindAnOutstandingPing_areProvenByTheNextPongOnly() {
    RecordingChannel client = scene.connectWebSocket(0);
    emit("a", 1);
    client.take();
    emit("b", 2);
    assertThat(client.take()).as("one ping outstanding at a time").containsExactly("42[\"b\"]");

    scene.text(client, 0, "3");
    assertThat(proven).containsExactly(1L);
    assertThat(client.take()).containsExactly("2");

    scene.text(client, 0, "3");
    assertThat(proven).containsExactly(1L, 2L);
    assertThat(client.take()).isEmpty();
  }

  @Test
  void mark_writtenBeforeTheHeartbeat_isProvenByItsPong() {
    RecordingChannel client = scene.connectWebSocket(0);
    scene.loops.advanceMillis(310);
    emit("a", 1); // behind the heartbeat's ping
    scene.text(client, 0, "3");
    assertThat(proven).isEmpty();

    scene.text(client, 0, "3");
    assertThat(proven).containsExactly(1L);
  }

  @Test
  void pong_nobodyAskedFor_provesNothing() {
    RecordingChannel client = scene.connectWebSocket(0);
    scene.text(client, 0, "3");

    emit("a", 1);

    assertThat(proven).isEmpty();
  }

  @Test
  void mark_pongNeverComes_isAPingTimeoutOfItsOwn() {
    RecordingChannel client = scene.connectWebSocket(0);
    emit("a", 1);

    scene.loops.advanceMillis(210);

    assertThat(ends).containsExactly(DisconnectReason.PING_TIMEOUT);
    assertThat(client.ending()).isEqualTo("close");
  }

  @Test
  void mark_polling_pingIsInTheSameAnswerAndTheNextGetProvesNothing() {
    String sid = scene.connectPolling("/");
    emit("a", 9);

    assertThat(scene.listener.get(Scene.polling(sid)).body()).isEqualTo("42[\"a\"]\u001e2");
    RecordingExchange next = scene.listener.get(Scene.polling(sid));
    assertThat(next.answered()).isFalse();
    assertThat(proven).isEmpty();

    scene.listener.post(Scene.polling(sid), "3");
    assertThat(proven).containsExactly(9L);
  }

  @Test
  void mark_packetStillQueued_isNotAskedFor() {
    RecordingChannel client = scene.connectWebSocket(0);
    scene.loops.in(0, () -> client.setWritable(false));
    emit("a", 1);
    assertThat(client.take()).isEmpty();

    scene.loops.in(0, () -> client.setWritable(true));

    assertThat(client.take()).containsExactly("42[\"a\"]", "2");
  }

  @Test
  void marks_ofTwoNamespaces_areProvenApart() {
    List<Long> other = new ArrayList<>();
    List<Socket> others = new ArrayList<>();
    scene
        .core
        .of("/other")
        .onConnection(
            socket -> {
              others.add(socket);
              socket.onProven(other::add);
            });
    RecordingChannel client = scene.connectWebSocket(0);
    scene.text(client, 0, "40/other,");
    scene.loops.in(
        0,
        () -> {
          sockets.getFirst().emit(Message.of("a"), 100);
          others.getFirst().emit(Message.of("b"), 3);
        });

    scene.text(client, 0, "3");

    assertThat(proven).containsExactly(100L);
    assertThat(other).containsExactly(3L);
  }

  @Test
  void pingNow_idleClient_isAskedAtOnceAndThatIsTheHeartbeat() {
    RecordingChannel client = scene.connectWebSocket(0);
    scene.loops.in(0, () -> sockets.getFirst().pingNow());
    assertThat(client.take()).containsExactly("2");

    scene.text(client, 0, "3");
    scene.loops.advanceMillis(290);
    assertThat(client.take()).isEmpty();
    scene.loops.advanceMillis(20);
    assertThat(client.take()).containsExactly("2");
  }

  @Test
  void pingNow_whileOneIsOutstanding_asksForNoSecond() {
    RecordingChannel client = scene.connectWebSocket(0);
    scene.loops.in(0, () -> sockets.getFirst().pingNow());
    scene.loops.in(0, () -> sockets.getFirst().pingNow());
    assertThat(client.take()).containsExactly("2");

    scene.text(client, 0, "3");

    assertThat(client.take()).isEmpty();
  }

  @Test
  void pingNow_behindMarks_provesThem() {
    RecordingChannel client = scene.connectWebSocket(0);
    emit("a", 4);
    scene.text(client, 0, "3");
    emit("b", 5);
    scene.loops.in(0, () -> sockets.getFirst().pingNow());

    assertThat(client.take()).containsExactly("42[\"a\"]", "2", "42[\"b\"]", "2");
    scene.text(client, 0, "3");
    assertThat(proven).containsExactly(4L, 5L);
  }

  @Test
  void pingNow_neverAnswered_isAPingTimeout() {
    scene.connectWebSocket(0);
    scene.loops.in(0, () -> sockets.getFirst().pingNow());

    scene.loops.advanceMillis(190);
    assertThat(ends).isEmpty();
    scene.loops.advanceMillis(20);

    assertThat(ends).containsExactly(DisconnectReason.PING_TIMEOUT);
  }

  @Test
  void pingNow_polling_comesWithTheNextPoll() {
    String sid = scene.connectPolling("/");
    scene.loops.in(0, () -> sockets.getFirst().pingNow());

    assertThat(scene.listener.get(Scene.polling(sid)).body()).isEqualTo("2");
  }

  @Test
  void pingNow_afterTheEnd_doesNothing() {
    RecordingChannel client = scene.connectWebSocket(0);
    scene.loops.in(0, () -> client.events().onClose(1006));

    scene.loops.in(0, () -> sockets.getFirst().pingNow());

    assertThat(client.take()).isEmpty();
  }
}
