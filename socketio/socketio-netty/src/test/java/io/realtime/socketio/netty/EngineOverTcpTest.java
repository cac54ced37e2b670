package io.realtime.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.netty.RawClient.Answer;
import io.realtime.socketio.server.api.ServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole server, byte by byte: what the layers below have shown one by one, on a real wire. */
@ExtendWith(LeakCheck.class)
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = TransportChoice.class,
    names = {"EPOLL", "NIO"})
class EngineOverTcpTest {
  private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
  private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
  private static final Pattern OPEN =
      Pattern.compile(
          "0\\{\"sid\":\"([\\w-]{20})\",\"upgrades\":\\[\"websocket\"],\"pingInterval\":25000,"
              + "\"pingTimeout\":20000,\"maxPayload\":1000}");

  @Parameter TransportChoice transport = TransportChoice.NIO;

  private NettySocketIoServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        NettySocketIoServer.builder()
            .host("127.0.0.1")
            .transport(transport)
            .options(ServerOptions.builder().maxPayload(1_000).build())
            .build();
    server
        .of("/")
        .onConnection(
            socket -> {
              socket.on("echo", event -> event.ack().send(event.arguments().toArray()));
              socket.on("leave", event -> socket.disconnect(true));
            });
    server.start();
  }

  @AfterEach
  void stop() {
    server.close().toCompletableFuture().join();
  }

  private RawClient client() throws IOException {
    return new RawClient(server.port());
  }

  private static String sid(Answer handshake) {
    Matcher open = OPEN.matcher(handshake.body());
    assertThat(open.matches()).as(handshake.body()).isTrue();
    return open.group(1);
  }

  private String open() throws IOException {
    try (RawClient client = client()) {
      return sid(client.get(POLLING).answer());
    }
  }

  private static RawClient post(RawClient client, String target, String body) throws IOException {
    return client.send(
        RawClient.request("POST", target, "Content-Length: " + body.length()) + body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&t=Pq3xYz1&user=you&b64=1"})
  void handshake_polling_isTextThatIsNeverStored_whateverElseTheQuerySays(String more)
      throws IOException {
    try (RawClient client = client()) {
      Answer answer = client.get(POLLING + more).answer();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(sid(answer)).hasSize(20);
      assertThat(answer.headers())
          .containsEntry("content-type", "text/plain; charset=UTF-8")
          .containsEntry("cache-control", "no-store")
          .doesNotContainKeys("set-cookie", "access-control-allow-origin", "content-encoding");
    }
  }

  @Test
  void path_withOrWithoutItsSlash_isOurs_andNoOtherIs() throws IOException {
    try (RawClient client = client()) {
      assertThat(client.get("/socket.io?EIO=4&transport=polling").answer().status()).isEqualTo(200);
      assertThat(client.get("/socket.iox/?EIO=4&transport=polling").answer().status())
          .isEqualTo(404);
    }
  }

  @Test
  void fault_ofARequest_isJson_andTheConnectionServesTheNext() throws IOException {
    try (RawClient client = client()) {
      Answer fault = client.get("/socket.io/?EIO=4&transport=carrier").answer();

      assertThat(fault.status()).isEqualTo(400);
      assertThat(fault.headers()).containsEntry("content-type", "application/json");
      assertThat(fault.body()).isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
      assertThat(client.get(POLLING).answer().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WEBSOCKET + "&sid=unknown", "/socket.io/?EIO=3&transport=websocket"})
  void fault_ofAnUpgrade_isPlainTextBeforeAny101_andTheConnectionEnds(String target)
      throws IOException {
    try (RawClient client = client().sendUpgrade(target)) {
      Answer fault = client.answer();

      assertThat(fault.status()).isEqualTo(400);
      assertThat(fault.headers()).containsEntry("connection", "close");
      assertThat(fault.headers().get("content-type")).startsWith("text/html");
      assertThat(fault.body()).isIn("Session ID unknown", "Unsupported protocol version");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void post_goodPackets_isAnsweredOkAsHtml() throws IOException {
    String session = POLLING + "&sid=" + open();
    try (RawClient client = client()) {
      Answer answer = post(client, session, "40").answer();

      assertThat(answer.body()).isEqualTo("ok");
      assertThat(answer.headers())
          .containsEntry("content-type", "text/html")
          .containsEntry("content-length", "2");
    }
  }

  @Test
  void post_pastMaxPayload_is413Empty_andTheSessionGoesOn() throws IOException {
    String session = POLLING + "&sid=" + open();
    try (RawClient tooLarge = client();
        RawClient client = client()) {
      Answer answer = post(tooLarge, session, "4".repeat(1_001)).answer();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).isEmpty();
      assertThat(post(client, session, "40").answer().body()).isEqualTo("ok");
    }
  }

  @Test
  void poll_secondBesideTheFirst_firstGetsACloseAndTheSecond400() throws IOException {
    String session = POLLING + "&sid=" + open();
    try (RawClient first = client().get(session);
        RawClient second = client()) {
      awaitPoll();

      Answer refused = second.get(session).answer();

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).isEmpty();
      assertThat(first.answer().body()).isEqualTo("1");
      assertThat(second.get(session).answer().body())
          .isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }
  }

  @Test
  void poll_clientGoesAway_endsTheSession() throws IOException {
    String session = POLLING + "&sid=" + open();
    try (RawClient gone = client().get(session)) {
      awaitPoll();
      gone.socket().setSoLinger(true, 0);
    }
    Awaitility.await().until(() -> server.connectionCount() == 0);
    try (RawClient client = client()) {
      assertThat(client.get(session).answer().status()).isEqualTo(400);
    }
  }

  @Test
  void upgrade_everyPollMeanwhile_getsANoop_andThenAllGoesByWebSocket() throws IOException {
    String sid = open();
    String session = POLLING + "&sid=" + sid;
    try (RawClient polls = client();
        RawClient webSocket = client()) {
      webSocket.upgrade(WEBSOCKET + "&sid=" + sid).text("2probe");
      assertThat(webSocket.serverFrame().text()).isEqualTo("3probe");
      for (int i = 0; i < 3; i++) {
        long asked = System.nanoTime();
        assertThat(polls.get(session).answer().body()).isEqualTo("6");
        assertThat(System.nanoTime() - asked).isLessThan(Duration.ofSeconds(5).toNanos());
      }

      webSocket.text("5").text("40").text("451-7[\"echo\",{\"_placeholder\":true,\"num\":0}]");
      webSocket.send(RawClient.frame(0x82, new byte[] {1, 2, 3}));

      assertThat(webSocket.serverFrame().text()).startsWith("40{\"sid\":\"");
      assertThat(webSocket.serverFrame().text())
          .isEqualTo("461-7[{\"_placeholder\":true,\"num\":0}]");
      assertThat(webSocket.serverFrame().payload()).containsExactly(1, 2, 3);
      assertThat(polls.get(session).answer().body())
          .isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
    }
  }

  @Test
  void binary_byPolling_isBase64BehindItsPacket() throws IOException {
    String session = POLLING + "&sid=" + open();
    try (RawClient client = client()) {
      post(client, session, "40").answer();
      client.get(session).answer();
      post(client, session, "451-0[\"echo\",{\"_placeholder\":true,\"num\":0}]\u001ebAQID")
          .answer();

      assertThat(client.get(session).answer().body())
          .isEqualTo("461-0[{\"_placeholder\":true,\"num\":0}]\u001ebAQID");
    }
  }

  @Test
  void webSocket_deflateOffered_isIgnoredByDefault() throws IOException {
    try (RawClient client = client()) {
      client.sendUpgrade(WEBSOCKET, "Sec-WebSocket-Extensions: permessage-deflate");

      Answer answer = client.answer(false);

      assertThat(answer.status()).isEqualTo(101);
      assertThat(answer.headers()).doesNotContainKey("sec-websocket-extensions");
      assertThat(client.serverFrame().text()).contains("\"upgrades\":[]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1", "2", "41", "42[\"leave\"]"})
  void webSocket_endedByTheServer_isClosedWithoutAStatus(String lastFrame) throws IOException {
    try (RawClient client = client().upgrade(WEBSOCKET)) {
      client.serverFrame();
      if (lastFrame.startsWith("42")) {
        client.text("40");
        client.serverFrame();
      }
      client.text(lastFrame);

      RawClient.ServerFrame frame = client.serverFrame();
      if (lastFrame.startsWith("42")) {
        assertThat(frame.text()).isEqualTo("41");
        frame = client.serverFrame();
      }
      assertThat(frame.opcode()).isEqualTo(8);
      assertThat(frame.payload()).isEmpty();
    }
  }

  @Test
  void webSocket_pastMaxPayload_isClosedWith1009() throws IOException {
    try (RawClient client = client().upgrade(WEBSOCKET)) {
      client.serverFrame();

      client.text("4".repeat(1_001));

      assertThat(client.serverFrame().closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void server_closes_tellsNobody41() throws IOException {
    String session = POLLING + "&sid=" + open();
    try (RawClient poll = client().get(session);
        RawClient webSocket = client().upgrade(WEBSOCKET)) {
      webSocket.serverFrame();
      webSocket.text("40").serverFrame();
      awaitPoll();

      server.close().toCompletableFuture().join();

      assertThat(webSocket.serverFrame().opcode()).isEqualTo(8);
      assertThat(poll.answer().body()).isEqualTo("1");
    }
  }

  /** The poll that has been sent behind the handshake waits at the server. */
  private void awaitPoll() {
    Awaitility.await().until(() -> server.stats().polls() == 2);
  }
}
