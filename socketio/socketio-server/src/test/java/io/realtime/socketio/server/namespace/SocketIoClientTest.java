package io.realtime.socketio.server.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.ClientEvent;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketIoClientTest {
  private static final String CONNECTED = "40\\{\"sid\":\"[\\w-]{20}\"}";

  private final Scene scene =
      Scene.settings().heartbeat(Duration.ofSeconds(250), Duration.ofSeconds(20)).scene();
  private final Namespace main = scene.core.of("/");
  private final List<Socket> sockets = new ArrayList<>();
  private final List<DisconnectReason> ends = new ArrayList<>();

  SocketIoClientTest() {
    main.onConnection(
        socket -> {
          sockets.add(socket);
          socket.onDisconnect(ends::add);
        });
  }

  private void on(String event, java.util.function.Consumer<ClientEvent> listener) {
    main.onConnection(socket -> socket.on(event, listener::accept));
  }

  // ---- CONNECT

  @Test
  void open_connectToMainNamespace_isAnsweredWithAnIdOfItsOwn() {
    RecordingChannel client = scene.listener.upgrade(Scene.WEBSOCKET).channel();
    String open = client.take().getFirst();

    scene.text(client, 0, "40");

    assertThat(client.take()).singleElement().asString().matches(CONNECTED);
    assertThat(open).doesNotContain(sockets.getFirst().id());
  }

  @Test
  void connect_withAuth_listenerSeesItAndItsEventsFollowTheReply() {
    main.onConnection(socket -> socket.emit("auth", socket.handshake().auth()));
    RecordingChannel client = scene.openWebSocket(0);

    scene.text(client, 0, "40{\"token\":\"123\"}");

    List<String> sent = client.take();
    assertThat(sent).hasSize(2);
    assertThat(sent.getFirst()).matches(CONNECTED);
    assertThat(sent.getLast()).isEqualTo("42[\"auth\",{\"token\":\"123\"}]");
    assertThat(sockets.getFirst().handshake().authText("token")).contains("123");
  }

  @Test
  void connect_toAnotherNamespace_isASocketOfItsOwn() {
    List<Socket> admins = new ArrayList<>();
    scene.core.of("admin").onConnection(admins::add);
    RecordingChannel client = scene.connectWebSocket(0);

    scene.text(client, 0, "40/admin,");

    assertThat(client.take()).singleElement().asString().startsWith("40/admin,{\"sid\":\"");
    assertThat(admins.getFirst().id()).isNotEqualTo(sockets.getFirst().id());
    assertThat(admins.getFirst().namespace().name()).isEqualTo("/admin");
  }

  @Test
  void connect_toAnUnknownNamespace_isRefusedAndTheConnectionStays() {
    RecordingChannel client = scene.openWebSocket(0);

    scene.text(client, 0, "40/random,{\"a\":1}");
    scene.text(client, 0, "40");

    List<String> sent = client.take();
    assertThat(sent.getFirst()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
    assertThat(sent.getLast()).matches(CONNECTED);
  }

  @Test
  void connect_namespacesAtTheBound_onePastItIsRefused() {
    for (int i = 0; i <= SocketIoClient.MAX_NAMESPACES; i++) {
      scene.core.of("/n" + i);
    }
    RecordingChannel client = scene.openWebSocket(0);
    for (int i = 0; i < SocketIoClient.MAX_NAMESPACES; i++) {
      scene.text(client, 0, "40/n" + i + ",");
    }
    assertThat(client.take()).allMatch(frame -> frame.startsWith("40/n"));

    scene.text(client, 0, "40/n" + SocketIoClient.MAX_NAMESPACES + ",");

    assertThat(client.take()).singleElement().asString().startsWith("44/n");
  }

  @Test
  void noConnect_withinTheTimeout_closesTheConnection() {
    RecordingChannel client = scene.openWebSocket(0);

    scene.loops.advanceMillis(44_999);
    assertThat(client.ending()).isEmpty();
    scene.loops.advanceMillis(11);

    assertThat(client.ending()).isEqualTo("close");
    assertThat(scene.core.stats().closes()).containsEntry(DisconnectReason.FORCED_SERVER_CLOSE, 1L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "42[\"x\"]",
        "43[1]",
        "41",
        "44{\"message\":\"x\"}",
        "42/other,[\"x\"]",
        "41/other,",
        "451-[\"x\",{\"_placeholder\":true,\"num\":0}]",
        "461-1[{\"_placeholder\":true,\"num\":0}]",
        "4",
        "4abc",
      })
  void notConnected_anythingButConnect_closesTheConnection(String frame) {
    RecordingChannel client = scene.openWebSocket(0);

    scene.text(client, 0, frame);

    assertThat(client.ending()).isEqualTo("close");
  }

  @Test
  void notConnected_bytes_closeTheConnection() {
    RecordingChannel client = scene.openWebSocket(0);

    scene.loops.in(0, () -> client.events().onBinary(new byte[] {1}));

    assertThat(client.ending()).isEqualTo("close");
  }

  @ParameterizedTest
  @ValueSource(strings = {"40", "44{\"message\":\"x\"}", "42/other,[\"x\"]"})
  void connected_connectAgainOrForbiddenPacket_closesTheConnection(String frame) {
    RecordingChannel client = scene.connectWebSocket(0);

    scene.text(client, 0, frame);

    assertThat(client.ending()).isEqualTo("close");
    assertThat(ends).containsExactly(DisconnectReason.FORCED_SERVER_CLOSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4",
        "49",
        "4abc",
        "42{}",
        "42[]",
        "42[\"connect\"]",
        "42[\"disconnect\"]",
        "42[\"a\"",
        "42abc[\"a\"]",
        "40[1]",
        "43{}",
        "4511-[\"a\"]",
        "451-[\"a\",{\"_placeholder\":true,\"num\":1}]",
      })
  void connected_malformedPacket_closesTheConnectionAndDisturbsNobody(String frame) {
    RecordingChannel other = scene.connectWebSocket(0);
    RecordingChannel client = scene.connectWebSocket(0);

    scene.text(client, 0, frame);
    if (frame.startsWith("451")) {
      scene.loops.in(0, () -> client.events().onBinary(new byte[] {1}));
    }

    assertThat(client.ending()).isEqualTo("close");
    assertThat(client.take()).isEmpty();
    assertThat(ends).containsExactly(DisconnectReason.PARSE_ERROR);
    scene.loops.in(0, () -> main.emit("still"));
    assertThat(other.take()).containsExactly("42[\"still\"]");
  }

  @Test
  void connected_bytesNobodyAnnounced_closeTheConnection() {
    RecordingChannel client = scene.connectWebSocket(0);

    scene.loops.in(0, () -> client.events().onBinary(new byte[] {1}));

    assertThat(ends).containsExactly(DisconnectReason.PARSE_ERROR);
  }

  // ---- events and acks

  @Test
  void event_listenersRunInOrder_anyFirst() {
    List<String> calls = new ArrayList<>();
    main.onConnection(
        socket -> {
          socket.on("e", event -> calls.add("one " + event.arguments()));
          socket.on("e", event -> calls.add("two"));
          socket.on("other", event -> calls.add("other"));
          socket.onAny(event -> calls.add("any " + event.name()));
        });
    RecordingChannel client = scene.connectWebSocket(0);

    scene.text(client, 0, "42[\"e\",1,\"x\",null]");

    assertThat(calls).containsExactly("any e", "one [1, x, null]", "two");
  }

  @Test
  void eventWithAck_answeredOnceInItsNamespace() {
    scene
        .core
        .of("/n")
        .onConnection(
            socket ->
                socket.on(
                    "q",
                    event -> {
                      assertThat(event.ack().wanted()).isTrue();
                      event.ack().send("a", 1);
                      event.ack().send("again");
                    }));
    RecordingChannel client = scene.openWebSocket(0);
    scene.text(client, 0, "40/n,");
    client.take();

    scene.text(client, 0, "42/n,17[\"q\"]");

    assertThat(client.take()).containsExactly("43/n,17[\"a\",1]");
  }

  @Test
  void eventWithoutAck_answerGoesNowhere() {
    on("q", event -> event.ack().send("a"));
    RecordingChannel client = scene.connectWebSocket(0);

    scene.text(client, 0, "42[\"q\"]");

    assertThat(client.take()).isEmpty();
  }

  @Test
  void binaryEventWithAck_answeredInBinary() {
    on("q", event -> event.ack().send(event.arguments().toArray()));
    RecordingChannel client = scene.connectWebSocket(0);
    scene.text(client, 0, "451-789[\"q\",{\"_placeholder\":true,\"num\":0}]");
    scene.loops.in(0, () -> client.events().onBinary(new byte[] {1, 2, 3}));

    assertThat(client.take())
        .containsExactly("461-789[{\"_placeholder\":true,\"num\":0}]", "<010203>");
  }

  @Test
  void listenerThrows_endsThatConnectionOnly() {
    on(
        "boom",
        event -> {
          throw new IllegalStateException("planted");
        });
    RecordingChannel other = scene.connectWebSocket(0);
    RecordingChannel client = scene.connectWebSocket(0);

    scene.text(client, 0, "42[\"boom\"]");
    scene.loops.in(0, () -> main.emit("still"));

    assertThat(ends).containsExactly(DisconnectReason.LISTENER_FAILED);
    assertThat(client.take()).isEmpty();
    assertThat(other.take()).containsExactly("42[\"still\"]");
    assertThat(scene.core.stats().listenersFailed()).isEqualTo(1);
  }

  @Test
  void emit_valueWithoutJsonForm_isTheCallersError() {
    scene.connectWebSocket(0);

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> sockets.getFirst().emit("e", new Object()))
        .isInstanceOf(IllegalArgumentException.class);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> main.emit("e", new Object()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- the end

  @Test
  void clientLeaves_otherNamespacesGoOnAndItMayComeBack() {
    scene.core.of("/n");
    RecordingChannel client = scene.connectWebSocket(0);
    scene.text(client, 0, "40/n,");
    client.take();

    scene.text(client, 0, "41");

    assertThat(ends).containsExactly(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
    assertThat(client.ending()).isEmpty();
    scene.text(client, 0, "40");
    assertThat(client.take()).singleElement().asString().matches(CONNECTED);
    assertThat(sockets.getLast().id()).isNotEqualTo(sockets.getFirst().id());
  }

  @Test
  void serverDisconnects_clientIsToldAndTheConnectionStays() {
    RecordingChannel client = scene.connectWebSocket(0);

    sockets.getFirst().disconnect(false);
    scene.loops.run();

    assertThat(client.take()).containsExactly("41");
    assertThat(ends).containsExactly(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
    assertThat(client.ending()).isEmpty();
  }

  @Test
  void serverDisconnectsAndCloses_everyNamespaceIsToldThenTheConnectionEnds() {
    scene.core.of("/n");
    RecordingChannel client = scene.connectWebSocket(0);
    scene.text(client, 0, "40/n,");
    client.take();

    sockets.getFirst().disconnect(true);
    scene.loops.run();

    assertThat(client.take()).containsExactlyInAnyOrder("41", "41/n,");
    assertThat(client.ending()).isEqualTo("close");
  }

  @Test
  void transportCloses_disconnectingStillInRoomsThenDisconnectWithout() {
    List<String> seen = new ArrayList<>();
    main.onConnection(
        socket -> {
          socket.join("r");
          socket.onDisconnecting(reason -> seen.add("ing " + socket.rooms().contains("r")));
          socket.onDisconnect(reason -> seen.add("ed " + socket.rooms() + socket.connected()));
        });
    RecordingChannel client = scene.connectWebSocket(0);

    scene.loops.in(0, () -> client.events().onClose(1001));

    assertThat(seen).containsExactly("ing true", "ed []false");
    assertThat(client.take()).as("never 41 for a transport close").isEmpty();
  }

  @Test
  void ended_emitJoinAndDisconnect_doNothing() {
    RecordingChannel client = scene.connectWebSocket(0);
    Socket socket = sockets.getFirst();
    scene.loops.in(0, () -> client.events().onClose(1001));

    socket.emit("x");
    socket.emit(Message.of("x"), 1);
    socket.join("r");
    socket.disconnect(true);
    scene.loops.run();

    assertThat(client.take()).isEmpty();
    assertThat(main.localRoomSize("r")).isZero();
    assertThat(ends).hasSize(1);
  }

  @Test
  void serverCloses_everyClientByPlainClose() {
    RecordingChannel client = scene.connectWebSocket(0);

    CompletionStage<Void> closed = scene.core.close();
    scene.loops.run();

    assertThat(closed.toCompletableFuture()).isCompleted();
    assertThat(client.take()).isEmpty();
    assertThat(client.ending()).isEqualTo("close");
    assertThat(ends).containsExactly(DisconnectReason.SERVER_SHUTTING_DOWN);
    assertThat(scene.loops.loop(0).timers()).isZero();
  }
}
