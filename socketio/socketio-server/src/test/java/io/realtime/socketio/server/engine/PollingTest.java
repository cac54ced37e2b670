package io.realtime.socketio.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingExchange;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PollingTest {
  private final Scene scene = Scene.create();
  private final List<DisconnectReason> ends = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();

  PollingTest() {
    prepare(scene);
  }

  private void prepare(Scene prepared) {
    prepared
        .core
        .of("/")
        .onConnection(
            socket -> {
              sockets.add(socket);
              socket.onDisconnect(ends::add);
              socket.on(
                  "echo", event -> socket.emit("echoed", event.arguments().toArray(Object[]::new)));
            });
  }

  private RecordingExchange poll(String sid) {
    return scene.listener.get(Scene.polling(sid));
  }

  private RecordingExchange post(String sid, String body) {
    return scene.listener.post(Scene.polling(sid), body);
  }

  private void assertGone(String sid) {
    assertThat(poll(sid).status()).isEqualTo(400);
    assertThat(poll(sid).body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
  }

  @Test
  void post_packets_areProcessedThenAnsweredOk() {
    String sid = scene.connectPolling("/");

    RecordingExchange answer = post(sid, "42[\"echo\",1]\u001e42[\"echo\",2]");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("text/html");
    assertThat(answer.body()).isEqualTo("ok");
    assertThat(poll(sid).body()).isEqualTo("42[\"echoed\",1]\u001e42[\"echoed\",2]");
  }

  @Test
  void post_binaryEvent_comesBackInBase64WithoutTheType() {
    String sid = scene.connectPolling("/");

    post(sid, "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==");

    assertThat(poll(sid).body())
        .isEqualTo("451-[\"echoed\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==");
  }

  @Test
  void waiting_serverEmits_theTurnsPacketsComeInOneAnswer() {
    String sid = scene.connectPolling("/");
    RecordingExchange waiting = poll(sid);
    assertThat(waiting.answered()).isFalse();

    scene.loops.in(
        0,
        () -> {
          sockets.getFirst().emit("a");
          sockets.getFirst().emit("b");
        });

    assertThat(waiting.body()).isEqualTo("42[\"a\"]\u001e42[\"b\"]");
  }

  @Test
  void waiting_secondGet_closesBothAndTheSession() {
    String sid = scene.connectPolling("/");
    RecordingExchange first = poll(sid);

    RecordingExchange second = poll(sid);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body()).isEqualTo("1");
    assertThat(second.status()).isEqualTo(400);
    assertThat(second.body()).isEmpty();
    assertThat(ends).containsExactly(DisconnectReason.TRANSPORT_ERROR);
    assertGone(sid);
  }

  @Test
  void waiting_clientAborts_closesTheSession() {
    String sid = scene.connectPolling("/");
    RecordingExchange waiting = poll(sid);

    scene.loops.in(0, waiting::abort);

    assertThat(waiting.answered()).isFalse();
    assertThat(ends).containsExactly(DisconnectReason.TRANSPORT_ERROR);
    assertGone(sid);
  }

  @Test
  void answered_clientGoesAwayLater_sessionStays() {
    String sid = scene.connectPolling("/");
    RecordingExchange waiting = poll(sid);
    scene.loops.in(0, () -> sockets.getFirst().emit("a"));

    scene.loops.in(0, waiting::abort);

    assertThat(ends).isEmpty();
    assertThat(post(sid, "42[\"echo\"]").status()).isEqualTo(200);
  }

  @Test
  void posting_secondPostArrivesBeforeTheFirstIsDone_closesTheSession() {
    Scene two = Scene.settings().loops(2).scene();
    prepare(two);
    String sid = two.openPolling(); // its home is loop 0
    RecordingExchange first = two.listener.send("POST", Scene.polling(sid), "40", 1);
    RecordingExchange second = two.listener.send("POST", Scene.polling(sid), "42[\"a\"]", 1);
    // both are taken from loop 1 before loop 0 has a turn
    two.loops.loop(1).drain();

    two.loops.run();

    assertThat(List.of(first.status(), second.status())).contains(400);
    assertThat(two.listener.get(Scene.polling(sid)).body()).contains("\"code\":1");
  }

  @Test
  void post_octetStream_is400AndClosesTheSession() {
    String sid = scene.connectPolling("/");
    scene.listener.with("Content-Type", "application/octet-stream");

    RecordingExchange answer = post(sid, "4x");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).isEmpty();
    assertThat(ends).containsExactly(DisconnectReason.TRANSPORT_ERROR);
    assertGone(sid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "", "4a\u001e", "9", "b!!!"})
  void post_undecodable_is400AndClosesTheSession(String body) {
    String sid = scene.connectPolling("/");

    RecordingExchange answer = post(sid, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(ends).containsExactly(DisconnectReason.PARSE_ERROR);
    assertGone(sid);
  }

  @Test
  void post_tooManyPackets_isRefusedAtOnePastTheLimit() {
    String sid = scene.connectPolling("/");
    String event = "42[\"x\"]";
    String atLimit =
        String.join(
            "\u001e",
            java.util.Collections.nCopies(PollingRequests.MAX_PACKETS_PER_PAYLOAD, event));

    assertThat(post(sid, atLimit).status()).isEqualTo(200);
    assertThat(post(sid, atLimit + "\u001e" + event).status()).isEqualTo(400);
    assertThat(ends).containsExactly(DisconnectReason.PARSE_ERROR);
  }

  @Test
  void post_malformedSocketIoPacket_isAnsweredOkThenTheSessionCloses() {
    String sid = scene.connectPolling("/");

    assertThat(post(sid, "42{}").body()).isEqualTo("ok");

    assertThat(ends).containsExactly(DisconnectReason.PARSE_ERROR);
    assertThat(poll(sid).body()).isEqualTo("1");
    assertGone(sid);
  }

  @Test
  void waiting_clientCloses_pollIsAnsweredWithNoop() {
    String sid = scene.connectPolling("/");
    RecordingExchange waiting = poll(sid);

    assertThat(post(sid, "1").body()).isEqualTo("ok");

    assertThat(waiting.body()).isEqualTo("6");
    assertThat(ends).containsExactly(DisconnectReason.TRANSPORT_CLOSE);
    assertGone(sid);
  }

  @Test
  void clientClosesAndItsPollComesBehind_pollIsAnsweredWithNoopOnce() {
    String sid = scene.connectPolling("/");
    post(sid, "1");
    assertThat(ends).containsExactly(DisconnectReason.TRANSPORT_CLOSE);

    assertThat(poll(sid).body()).isEqualTo("6");

    assertGone(sid);
    assertThat(scene.loops.loop(0).timers()).isZero();
  }

  @Test
  void clientClosesAndNoPollComesInTime_isForgotten() {
    String sid = scene.connectPolling("/");
    post(sid, "1");

    scene.loops.advanceMillis(200);

    assertGone(sid);
  }

  @Test
  void clientPings_isTheWrongDirection() {
    String sid = scene.connectPolling("/");

    post(sid, "2");

    assertThat(ends).containsExactly(DisconnectReason.TRANSPORT_ERROR);
  }

  @Test
  void unaskedPackets_atTheLimitAreIgnored_onePastItCloses() {
    String sid = scene.connectPolling("/");
    for (int i = 0; i < Inbound.MAX_UNASKED; i++) {
      post(sid, i % 2 == 0 ? "3" : "6");
    }
    assertThat(ends).isEmpty();

    post(sid, "5");

    assertThat(ends).containsExactly(DisconnectReason.TRANSPORT_ERROR);
  }

  @Test
  void otherMethod_ofAKnownSession_is500() {
    String sid = scene.connectPolling("/");

    assertThat(scene.listener.request("PUT", Scene.polling(sid), "", 0).status()).isEqualTo(500);
    assertThat(ends).isEmpty();
  }

  @Test
  void otherRevision_ofAKnownSession_is400Code3() {
    String sid = scene.connectPolling("/");

    RecordingExchange answer = scene.listener.get("/socket.io/?EIO=3&transport=polling&sid=" + sid);

    assertThat(answer.body()).contains("\"code\":3");
  }

  @Test
  void answer_holdsAsManyPacketsAsFitIntoMaxPayload() {
    Scene small = Scene.settings().maxPayload(40).scene();
    prepare(small);
    String sid = small.connectPolling("/");
    small.loops.in(
        0,
        () -> {
          for (int i = 0; i < 3; i++) {
            sockets.getFirst().emit("0123456789"); // 16 characters each
          }
          sockets.getFirst().emit("x".repeat(100)); // larger than a payload: goes alone
        });

    assertThat(small.listener.get(Scene.polling(sid)).body())
        .isEqualTo("42[\"0123456789\"]\u001e42[\"0123456789\"]")
        .hasSizeLessThanOrEqualTo(40);
    assertThat(small.listener.get(Scene.polling(sid)).body()).isEqualTo("42[\"0123456789\"]");
    assertThat(small.listener.get(Scene.polling(sid)).body()).hasSize(106);
  }

  @Test
  void closedByTheServer_nextGet_fetchesWhatWaitsAndTheClose() {
    String sid = scene.connectPolling("/");
    scene.loops.in(
        0,
        () -> {
          sockets.getFirst().emit("last");
          sockets.getFirst().disconnect(true);
        });

    assertThat(ends).containsExactly(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
    assertThat(poll(sid).body()).isEqualTo("42[\"last\"]\u001e41\u001e1");
    assertGone(sid);
  }

  @Test
  void closedByTheServer_nobodyComes_isForgottenAfterTheLinger() {
    String sid = scene.connectPolling("/");
    scene.loops.in(0, () -> sockets.getFirst().closeTransport(DisconnectReason.FORCED_CLOSE));

    scene.loops.advance(Duration.ofNanos(EngineSession.LINGER_NANOS).plusMillis(20));

    assertGone(sid);
    assertThat(scene.loops.loop(0).timers()).isZero();
  }

  @Test
  void clientOnAnotherLoop_isServedByItsHomeLoop() {
    Scene two = Scene.settings().loops(2).scene();
    prepare(two);
    String sid = two.openPolling();

    two.listener.request("POST", Scene.polling(sid), "40", 1);
    RecordingExchange answer = two.listener.request("GET", Scene.polling(sid), "", 1);

    assertThat(answer.body()).startsWith("40{\"sid\":");
    assertThat(sockets.getFirst().loop()).isEqualTo(two.loops.loop(0));
  }

  @Test
  void serverCloses_waitingPoll_isAnsweredWithClose() {
    String sid = scene.connectPolling("/");
    RecordingExchange waiting = poll(sid);

    scene.core.close();
    scene.loops.run();

    assertThat(waiting.body()).isEqualTo("1");
    assertThat(ends).containsExactly(DisconnectReason.SERVER_SHUTTING_DOWN);
    assertThat(scene.core.connectionCount()).isZero();
    assertThat(scene.core.stats().closes())
        .containsEntry(DisconnectReason.SERVER_SHUTTING_DOWN, 1L);
    assertGone(sid);
  }
}
