package io.realtime.socketio.server.namespace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Socket.IO 2 clients, beyond what Engine.IO 3 says of them. */
class LegacyClientTest {
  private static final String WEBSOCKET = "/socket.io/?EIO=3&transport=websocket&token=main";

  private final Scene scene = Scene.settings().with(options -> options.allowEio3(true)).scene();
  private final List<Socket> sockets = new ArrayList<>();
  private final List<DisconnectReason> ends = new ArrayList<>();
  private String sid = "";

  LegacyClientTest() {
    for (String name : List.of("/", "/n")) {
      scene
          .core
          .of(name)
          .onConnection(
              socket -> {
                sockets.add(socket);
                socket.onDisconnect(ends::add);
                socket.on("ask", event -> event.ack().send(event.arguments().toArray()));
              });
    }
  }

  /** By WebSocket; everything but the open packet is still to be taken. */
  private RecordingChannel open() {
    RecordingChannel client = scene.listener.upgrade(WEBSOCKET).channel();
    String opened = new String(client.frames().getFirst().payload(), UTF_8);
    int at = opened.indexOf("\"sid\":\"") + 7;
    sid = opened.substring(at, at + 20);
    return client;
  }

  private List<String> say(RecordingChannel client, String... frames) {
    client.take();
    for (String frame : frames) {
      scene.text(client, 0, frame);
    }
    return client.take();
  }

  @Test
  void open_mainNamespace_isJoinedAtOnceUnderTheSessionsId() {
    RecordingChannel client = open();

    assertThat(client.take()).hasSize(2).last().isEqualTo("40");
    assertThat(sockets).hasSize(1);
    assertThat(sockets.getFirst().id()).isEqualTo(sid);
    assertThat(sockets.getFirst().handshake().auth()).isEmpty();
    assertThat(sockets.getFirst().handshake().query().get("token")).containsExactly("main");
  }

  @Test
  void polling_mainNamespace_isAnnouncedInTheSecondAnswer() {
    String address = "/socket.io/?EIO=3&transport=polling";
    String opened = scene.listener.get(address).body();
    int at = opened.indexOf("\"sid\":\"") + 7;

    assertThat(opened).endsWith("}");
    assertThat(scene.listener.get(address + "&sid=" + opened.substring(at, at + 20)).body())
        .isEqualTo("2:40");
  }

  @Test
  void connect_namespaceWithQuery_isItsAuth() {
    RecordingChannel client = open();

    assertThat(say(client, "40/n?token=x%20y&b=1&b=2&empty&bad=%zz,")).containsExactly("40/n,");

    Socket socket = sockets.getLast();
    assertThat(socket.id()).isEqualTo("/n#" + sid);
    assertThat(socket.namespace().name()).isEqualTo("/n");
    assertThat(socket.handshake().auth())
        .isEqualTo(Map.of("token", "x y", "b", "2", "empty", "", "bad", "%zz"));
  }

  @Test
  void connect_currentClient_keepsTheQueryInTheName() {
    RecordingChannel client = scene.connectWebSocket(0);

    assertThat(say(client, "40/n?a=1,"))
        .containsExactly("44/n?a=1,{\"message\":\"Invalid namespace\"}");
  }

  @Test
  void connect_unknownNamespace_isRefusedWithAnObject() {
    assertThat(say(open(), "40/nope?a=1,"))
        .containsExactly("44/nope,{\"message\":\"Invalid namespace\"}");
  }

  @Test
  void connect_refused_isAnsweredWithTheTextAlone() {
    scene.core.of("/n").use(socket -> failed(new ConnectRefused("no")));

    assertThat(say(open(), "40/n,")).containsExactly("44/n,\"no\"");
  }

  @Test
  void connect_refusedWithData_isAnsweredWithTheDataAlone() {
    scene.core.of("/n").use(socket -> failed(new ConnectRefused("no", Map.of("code", 1))));

    assertThat(say(open(), "40/n,")).containsExactly("44/n,{\"code\":1}");
  }

  @Test
  void open_mainNamespaceRefused_keepsTheConnectionForTheConnectTimeout() {
    Scene brief =
        Scene.settings()
            .heartbeat(Duration.ofSeconds(60), Duration.ofSeconds(60))
            .with(options -> options.allowEio3(true).connectTimeout(Duration.ofSeconds(1)))
            .scene();
    brief.core.of("/").use(socket -> failed(new ConnectRefused("no")));

    RecordingChannel client = brief.listener.upgrade(WEBSOCKET).channel();

    assertThat(client.take()).hasSize(2).last().isEqualTo("44\"no\"");
    assertThat(client.ending()).isEmpty();
    brief.loops.advanceMillis(1_010);
    assertThat(client.ending()).isEqualTo("close");
  }

  @Test
  void connect_namespaceTwice_closesTheConnection() {
    RecordingChannel client = open();

    say(client, "40");

    assertThat(ends).containsExactly(DisconnectReason.FORCED_SERVER_CLOSE);
  }

  @Test
  void ask_withAckAndBytes_isAnswered() {
    RecordingChannel client = open();
    client.take();

    assertThat(say(client, "421[\"ask\",7]")).containsExactly("431[7]");
    scene.text(client, 0, "451-2[\"ask\",{\"_placeholder\":true,\"num\":0}]");
    scene.loops.in(0, () -> client.events().onBinary(new byte[] {4, 8}));

    assertThat(client.take()).containsExactly("461-2[{\"_placeholder\":true,\"num\":0}]", "<0408>");
  }

  @Test
  void disconnect_serverSide_saysSo() {
    RecordingChannel client = open();
    client.take();

    scene.loops.in(0, () -> sockets.getFirst().disconnect(false));

    assertThat(client.take()).containsExactly("41");
    assertThat(ends).containsExactly(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
  }

  @Test
  void disconnect_clientSide_leavesTheOtherNamespace() {
    RecordingChannel client = open();
    say(client, "40/n,", "41/n,");

    assertThat(ends).containsExactly(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
    assertThat(say(client, "421[\"ask\",7]")).containsExactly("431[7]");
  }

  private static CompletionStage<Void> failed(RuntimeException why) {
    return CompletableFuture.failedStage(why);
  }
}
