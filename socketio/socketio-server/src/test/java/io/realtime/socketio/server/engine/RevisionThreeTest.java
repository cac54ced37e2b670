package io.realtime.socketio.server.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.RecordingExchange;
import io.realtime.socketio.server.testing.Scene;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO 3, as Socket.IO 2 clients speak it. */
class RevisionThreeTest {
  private static final String POLLING = "/socket.io/?EIO=3&transport=polling";
  private static final String WEBSOCKET = "/socket.io/?EIO=3&transport=websocket";

  private final Scene scene = Scene.settings().with(options -> options.allowEio3(true)).scene();
  private final List<DisconnectReason> ends = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final List<Long> proven = new ArrayList<>();

  RevisionThreeTest() {
    scene
        .core
        .of("/")
        .onConnection(
            socket -> {
              sockets.add(socket);
              socket.onDisconnect(ends::add);
              socket.onProven(proven::add);
              socket.on("echo", event -> socket.emit("e", event.arguments().toArray()));
            });
  }

  /** A polling client that has fetched its {@code 40}; its session id. */
  private String open(String query) {
    String body = scene.listener.get(POLLING + query).body();
    int at = body.indexOf("\"sid\":\"") + 7;
    String sid = body.substring(at, at + 20);
    assertThat(poll(sid).body()).contains("40");
    return sid;
  }

  private RecordingExchange poll(String sid) {
    return scene.listener.get(POLLING + "&sid=" + sid);
  }

  private RecordingExchange post(String sid, String body) {
    return scene.listener.post(POLLING + "&sid=" + sid, body);
  }

  private RecordingChannel openWebSocket(String query) {
    RecordingChannel channel = scene.listener.upgrade(WEBSOCKET + query).channel();
    assertThat(channel.take()).hasSize(2).last().isEqualTo("40");
    return channel;
  }

  private void assertGone(String sid) {
    assertThat(poll(sid).status()).isEqualTo(400);
    assertThat(poll(sid).body()).contains("\"code\":1");
  }

  // ---- handshake

  @ParameterizedTest
  @ValueSource(strings = {"EIO=3&", "EIO=abc&", ""})
  void handshake_notAllowed_isRefusedWithCode5(String revision) {
    Scene strict = Scene.create();

    RecordingExchange answer = strict.listener.get("/socket.io/?" + revision + "transport=polling");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
    assertThat(ServerOptions.defaults().allowEio3()).isFalse();
  }

  @Test
  void webSocketHandshake_notAllowed_isRefused() {
    assertThat(Scene.create().listener.upgrade(WEBSOCKET).refusal().status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EIO=3&", "EIO=abc&", ""})
  void handshake_allowed_anyOtherRevisionIsThree(String revision) {
    RecordingExchange answer = scene.listener.get("/socket.io/?" + revision + "transport=polling");

    String body = answer.body();
    String packet = body.substring(body.indexOf(':') + 1);
    assertThat(body).startsWith(packet.length() + ":0{\"sid\":\"");
    assertThat(packet)
        .endsWith(
            "\"upgrades\":[\"websocket\"],\"pingInterval\":300,\"pingTimeout\":200,"
                + "\"maxPayload\":1000000}");
    assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @CsvSource({"3,4", "4,3"})
  void session_requestOfAnotherRevision_isABadRequest(String opened, String asked) {
    String body = scene.listener.get("/socket.io/?transport=polling&EIO=" + opened).body();
    int at = body.indexOf("\"sid\":\"") + 7;
    String sid = "&sid=" + body.substring(at, at + 20);

    String address = "/socket.io/?transport=polling&EIO=" + asked + sid;
    assertThat(scene.listener.get(address).body()).contains("\"code\":3");
    assertThat(scene.listener.post(address, "1:2").body()).contains("\"code\":3");
    assertThat(
            scene
                .listener
                .upgrade("/socket.io/?transport=websocket&EIO=" + asked + sid)
                .refusal()
                .status())
        .isEqualTo(400);
  }

  // ---- polling

  @Test
  void polling_text_hasLengthsInUtf16Units() {
    String sid = open("");

    String packet = "42[\"echo\",\"é€𝄞\"]";
    assertThat(post(sid, packet.length() + ":" + packet).body()).isEqualTo("ok");

    assertThat(poll(sid).body()).isEqualTo("14:42[\"e\",\"é€𝄞\"]");
  }

  @Test
  void polling_severalPackets_comeBackInOnePayload() {
    String sid = open("");

    post(sid, "12:42[\"echo\",1]1:212:42[\"echo\",2]");

    assertThat(poll(sid).body()).isEqualTo("9:42[\"e\",1]9:42[\"e\",2]1:3");
  }

  @Test
  void polling_bytesForClientWithoutBinary_areBase64WithTheirType() {
    String sid = open("&b64=1");

    post(sid, "42:451-[\"echo\",{\"_placeholder\":true,\"num\":0}]10:b4AQIDBA==");

    RecordingExchange answer = poll(sid);
    assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
    assertThat(answer.body())
        .isEqualTo("39:451-[\"e\",{\"_placeholder\":true,\"num\":0}]10:b4AQIDBA==");
  }

  @Test
  void polling_bytes_makeTheWholePayloadBinary() {
    String sid = open("");
    String text = "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]";
    byte[] body =
        HexFormat.of()
            .parseHex(
                "000402ff" + HexFormat.of().formatHex(text.getBytes(UTF_8)) + "0105ff0401020304");

    RecordingExchange answer =
        scene
            .listener
            .with("Content-Type", "application/octet-stream")
            .post(POLLING + "&sid=" + sid, body);

    assertThat(answer.body()).isEqualTo("ok");
    RecordingExchange polled = poll(sid);
    assertThat(polled.header("content-type")).isEqualTo("application/octet-stream");
    String sent = "451-[\"e\",{\"_placeholder\":true,\"num\":0}]";
    assertThat(HexFormat.of().formatHex(polled.answer().body()))
        .isEqualTo(
            "000309ff" + HexFormat.of().formatHex(sent.getBytes(UTF_8)) + "0105ff0401020304");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "", "9:4hello", "1:x", "2:b2"})
  void post_malformed_endsTheSession(String body) {
    String sid = open("");

    assertThat(post(sid, body).status()).isEqualTo(400);

    assertGone(sid);
    assertThat(ends).containsExactly(DisconnectReason.PARSE_ERROR);
  }

  @Test
  void polling_secondGet_closesBoth() {
    String sid = open("");
    RecordingExchange first = poll(sid);

    assertThat(poll(sid).status()).isEqualTo(400);

    assertThat(first.body()).isEqualTo("1:1");
    assertGone(sid);
  }

  @Test
  void polling_close_answersTheWaitingGetWithANoop() {
    String sid = open("");
    RecordingExchange waiting = poll(sid);

    post(sid, "1:1");

    assertThat(waiting.body()).isEqualTo("1:6");
    assertThat(ends).containsExactly(DisconnectReason.TRANSPORT_CLOSE);
  }

  // ---- WebSocket

  @Test
  void webSocket_bytes_carryTheirType() {
    RecordingChannel client = openWebSocket("");

    scene.text(client, 0, "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
    scene.loops.in(0, () -> client.events().onBinary(new byte[] {4, 1, 2, 3}));

    assertThat(client.take())
        .containsExactly("451-[\"e\",{\"_placeholder\":true,\"num\":0}]", "<04010203>");
  }

  @Test
  void webSocket_bytesForClientWithoutBinary_areTextWithTheirType() {
    RecordingChannel client = openWebSocket("&b64=1");

    scene.text(client, 0, "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
    scene.text(client, 0, "b4AQIDBA==");

    assertThat(client.take())
        .containsExactly("451-[\"e\",{\"_placeholder\":true,\"num\":0}]", "b4AQIDBA==");
  }

  @Test
  void webSocket_bytesWithoutType_endTheSession() {
    RecordingChannel client = openWebSocket("");

    scene.loops.in(0, () -> client.events().onBinary(new byte[] {1, 2, 3}));

    assertThat(ends).containsExactly(DisconnectReason.PARSE_ERROR);
  }

  @Test
  void broadcast_twoRevisions_encodesEachFormOnce() {
    List<RecordingChannel> old = List.of(openWebSocket(""), openWebSocket(""));
    List<RecordingChannel> current = List.of(scene.connectWebSocket(0), scene.connectWebSocket(0));

    scene.loops.in(0, () -> scene.core.of("/").emit("bytes", new byte[] {9}));

    assertThat(old.get(0).take()).last().isEqualTo("<0409>");
    assertThat(current.get(0).take()).last().isEqualTo("<09>");
    assertThat(old.get(0).frames().getLast()).isSameAs(old.get(1).frames().getLast());
    assertThat(current.get(0).frames().getLast()).isSameAs(current.get(1).frames().getLast());
  }

  @Test
  void upgrade_probeAndSwitch_isThatOfRevision4() {
    String sid = open("");
    RecordingChannel candidate = scene.listener.upgrade(WEBSOCKET + "&sid=" + sid).channel();
    RecordingExchange waiting = poll(sid);

    scene.text(candidate, 0, "2probe");
    assertThat(candidate.take()).containsExactly("3probe");
    scene.loops.advanceMillis(110);
    assertThat(waiting.body()).isEqualTo("1:6");
    scene.text(candidate, 0, "5");
    scene.text(candidate, 0, "2");
    scene.text(candidate, 0, "42[\"echo\",1]");

    assertThat(candidate.take()).containsExactly("3", "42[\"e\",1]");
    assertThat(poll(sid).status()).isEqualTo(400);
  }

  // ---- heartbeat

  @Test
  void heartbeat_clientPings_serverAnswersAndNeverAsks() {
    RecordingChannel client = openWebSocket("");
    for (int i = 0; i < 3; i++) {
      scene.loops.advanceMillis(490);
      assertThat(client.take()).isEmpty();
      scene.text(client, 0, "2");
      assertThat(client.take()).containsExactly("3");
    }
    assertThat(ends).isEmpty();
  }

  @Test
  void heartbeat_noPing_endsAtIntervalPlusTimeout() {
    RecordingChannel client = openWebSocket("");

    scene.loops.advanceMillis(499);
    scene.text(client, 0, "42[\"echo\",1]");
    assertThat(ends).isEmpty();
    scene.loops.advanceMillis(11);

    assertThat(ends).containsExactly(DisconnectReason.PING_TIMEOUT);
    assertThat(scene.loops.loop(0).timers()).isZero();
  }

  @Test
  void heartbeat_pollingPingTooLate_findsNoSession() {
    String sid = open("");

    scene.loops.advanceMillis(500);

    assertThat(post(sid, "1:2").status()).isEqualTo(400);
    assertGone(sid);
  }

  @Test
  void heartbeat_wrongDirection_endsTheSession() {
    RecordingChannel client = openWebSocket("");

    scene.text(client, 0, "3");

    assertThat(ends).containsExactly(DisconnectReason.TRANSPORT_ERROR);
  }

  @Test
  void heartbeat_clientDoesNotRead_isNotAnsweredUntilItDoes() {
    RecordingChannel client = openWebSocket("");
    scene.loops.in(0, () -> client.setWritable(false));

    for (int i = 0; i < 100; i++) {
      scene.text(client, 0, "2");
    }
    assertThat(client.frames()).hasSize(2);
    scene.loops.in(0, () -> client.setWritable(true));

    assertThat(client.take()).containsExactly("3");
  }

  // ---- proof

  @Test
  void proof_pingAfterAPongBehindTheEvent_provesIt() {
    RecordingChannel client = openWebSocket("");
    scene.text(client, 0, "2");
    emit(1);
    assertThat(client.take()).containsExactly("3", "42[\"news\"]");

    scene.text(client, 0, "2");
    assertThat(proven).as("the pong before this ping stood in front of the event").isEmpty();
    scene.text(client, 0, "2");

    assertThat(proven).containsExactly(1L);
  }

  @Test
  void proof_pongNotFetched_provesNothing() {
    String sid = open("");
    emit(1);
    post(sid, "1:2");

    post(sid, "1:2");
    assertThat(proven).isEmpty();
    assertThat(poll(sid).body()).isEqualTo("10:42[\"news\"]1:3");
    post(sid, "1:2");

    assertThat(proven).containsExactly(1L);
  }

  private void emit(long mark) {
    scene.loops.in(0, () -> sockets.getFirst().emit(Message.of("news"), mark));
  }
}
