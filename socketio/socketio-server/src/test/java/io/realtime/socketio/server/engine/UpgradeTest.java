package io.realtime.socketio.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.RecordingExchange;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeTest {
  private final Scene scene =
      Scene.settings().heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(20)).scene();
  private final List<DisconnectReason> ends = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final String sid;

  UpgradeTest() {
    scene
        .core
        .of("/")
        .onConnection(
            socket -> {
              sockets.add(socket);
              socket.onDisconnect(ends::add);
            });
    sid = scene.connectPolling("/");
  }

  private RecordingChannel candidate() {
    return scene.listener.upgrade(Scene.webSocket(sid)).channel();
  }

  private RecordingExchange poll() {
    return scene.listener.get(Scene.polling(sid));
  }

  private void emit(String event) {
    scene.loops.in(0, () -> sockets.getFirst().emit(event));
  }

  @Test
  void polling_probeAndUpgrade_packetsGoByWebSocket() {
    RecordingChannel candidate = candidate();
    assertThat(candidate.take()).isEmpty();
    scene.text(candidate, 0, "2probe");
    assertThat(candidate.take()).containsExactly("3probe");
    emit("before");
    assertThat(candidate.take()).as("still polling").isEmpty();

    scene.text(candidate, 0, "5");

    assertThat(candidate.take()).containsExactly("42[\"before\"]");
    emit("after");
    assertThat(candidate.take()).containsExactly("42[\"after\"]");
    assertThat(sockets.getFirst().transport()).isEqualTo(TransportName.WEBSOCKET);
    assertThat(scene.core.stats().upgrades()).isEqualTo(1);
    assertThat(scene.core.stats().connections())
        .containsEntry(TransportName.POLLING, 0L)
        .containsEntry(TransportName.WEBSOCKET, 1L);
  }

  @Test
  void probed_everyPollIsAnsweredWithNoopWithin100Millis() {
    RecordingChannel candidate = candidate();
    scene.text(candidate, 0, "2probe");

    for (int i = 0; i < 3; i++) {
      RecordingExchange waiting = poll();
      assertThat(waiting.answered()).isFalse();
      scene.loops.advanceMillis(111);
      assertThat(waiting.body()).isEqualTo("6");
    }
  }

  @Test
  void notProbed_pollIsNotDisturbed() {
    candidate();
    RecordingExchange waiting = poll();

    scene.loops.advanceMillis(500);

    assertThat(waiting.answered()).isFalse();
  }

  @Test
  void probed_pollStillGetsPackets() {
    RecordingChannel candidate = candidate();
    scene.text(candidate, 0, "2probe");
    RecordingExchange waiting = poll();

    emit("a");

    assertThat(waiting.body()).isEqualTo("42[\"a\"]");
  }

  @Test
  void upgraded_pollThatStillWaits_isRefusedAndLaterOnesToo() {
    RecordingChannel candidate = candidate();
    scene.text(candidate, 0, "2probe");
    RecordingExchange waiting = poll();

    scene.text(candidate, 0, "5");

    assertThat(waiting.body()).contains("\"code\":3");
    assertThat(poll().body()).contains("\"code\":3");
    assertThat(scene.listener.post(Scene.polling(sid), "3").body()).contains("\"code\":3");
    assertThat(ends).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4hello", "2", "3probe", "abc", "1", ""})
  void candidate_sendsAnythingElse_isClosedAndPollingGoesOn(String frame) {
    RecordingChannel candidate = candidate();

    scene.text(candidate, 0, frame);

    assertThat(candidate.ending()).isEqualTo("close");
    emit("a");
    assertThat(poll().body()).isEqualTo("42[\"a\"]");
  }

  @Test
  void candidate_sendsBytes_isClosedAndPollingGoesOn() {
    RecordingChannel candidate = candidate();

    scene.loops.in(0, () -> candidate.events().onBinary(new byte[] {1}));

    assertThat(candidate.ending()).isEqualTo("close");
    assertThat(ends).isEmpty();
  }

  @Test
  void candidate_neverFinishes_isClosedAtTheTimeoutAndPollingGoesOn() {
    RecordingChannel candidate = candidate();
    scene.text(candidate, 0, "2probe");

    scene.loops.advanceMillis(9_999);
    assertThat(candidate.ending()).isEmpty();
    scene.loops.advanceMillis(20);

    assertThat(candidate.ending()).isEqualTo("close");
    RecordingExchange waiting = poll();
    scene.loops.advanceMillis(300);
    assertThat(waiting.answered()).as("no more noops").isFalse();
    assertThat(ends).isEmpty();
  }

  @Test
  void candidate_goesAway_pollingGoesOnAndAnotherMayTry() {
    RecordingChannel first = candidate();
    scene.loops.in(0, () -> first.events().onClose(1006));

    RecordingChannel second = candidate();
    scene.text(second, 0, "2probe");

    assertThat(second.take()).containsExactly("3probe");
  }

  @Test
  void upgrading_secondCandidate_isClosedAndTheFirstGoesOn() {
    RecordingChannel first = candidate();

    RecordingChannel second = candidate();

    assertThat(second.ending()).isEqualTo("close");
    scene.text(first, 0, "2probe");
    scene.text(first, 0, "5");
    emit("a");
    assertThat(first.take()).contains("42[\"a\"]");
  }

  @Test
  void upgraded_anotherCandidate_isClosedAndTheSessionGoesOn() {
    RecordingChannel first = candidate();
    scene.text(first, 0, "2probe");
    scene.text(first, 0, "5");

    RecordingChannel second = candidate();

    assertThat(second.ending()).isEqualTo("close");
    assertThat(ends).isEmpty();
  }

  @Test
  void upgrading_sessionEnds_candidateIsClosed() {
    RecordingChannel candidate = candidate();

    scene.listener.post(Scene.polling(sid), "1");

    assertThat(candidate.ending()).isEqualTo("close");
    scene.loops.advanceMillis(220);
    assertThat(scene.loops.loop(0).timers()).isZero();
  }

  @Test
  void lingering_upgradeArrives_whatWaitsGoesByWebSocketThenItCloses() {
    RecordingChannel candidate = candidate();
    scene.text(candidate, 0, "2probe");
    scene.loops.in(
        0,
        () -> {
          sockets.getFirst().emit("last");
          sockets.getFirst().closeTransport(DisconnectReason.FORCED_CLOSE);
        });
    candidate.take();

    scene.text(candidate, 0, "5");

    assertThat(candidate.take()).containsExactly("42[\"last\"]");
    assertThat(candidate.ending()).isEqualTo("close");
  }

  @Test
  void binaryPacketSplitAcrossPolls_upgrade_restComesByWebSocket() {
    Scene small =
        Scene.settings()
            .heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(20))
            .maxPayload(60)
            .scene();
    List<Socket> found = new ArrayList<>();
    small.core.of("/").onConnection(found::add);
    String id = small.connectPolling("/");
    small.loops.in(0, () -> found.getFirst().emit("b", new byte[] {1}, new byte[40]));

    assertThat(small.listener.get(Scene.polling(id)).body()).startsWith("452-");
    RecordingChannel candidate = small.listener.upgrade(Scene.webSocket(id)).channel();
    small.text(candidate, 0, "2probe");
    candidate.take();
    small.text(candidate, 0, "5");

    assertThat(candidate.take()).containsExactly("<01>", "<" + "00".repeat(40) + ">");
  }
}
