package io.realtime.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.transport.Frame;
import io.realtime.socketio.server.transport.Loop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** WebSockets on the wire. */
final class WebSocketTest extends ListenerTest {
  private static final int MESSAGE_LIMIT = 70_000;
  private static final int MESSAGE_DEADLINE_MILLIS = 600;

  private final Queue<TestWebSocket> opened = new ConcurrentLinkedQueue<>();

  /** Every WebSocket lives on loop 0, so about half of them move. */
  private void acceptOnLoopZero() {
    dispatch.onUpgrade = (request, exchange) -> accept(exchange);
  }

  private void accept(UpgradeExchange exchange) {
    Loop home = loops.loops().getFirst();
    TestWebSocket socket = new TestWebSocket(home);
    socket.onText =
        text -> {
          socket.channel().write(textFrame(text));
          socket.channel().flush();
        };
    opened.add(socket);
    exchange.accept(
        home,
        HttpHeaders.of("x-hook", "1"),
        TestWebSocket.limits(MESSAGE_LIMIT, MESSAGE_DEADLINE_MILLIS),
        socket);
  }

  private static Frame textFrame(String text) {
    return new Frame(false, text.getBytes(StandardCharsets.UTF_8));
  }

  private RawClient open() throws IOException {
    acceptOnLoopZero();
    return client().upgrade("/ws?token=x");
  }

  private TestWebSocket onlySocket() {
    await().until(() -> !opened.isEmpty());
    return opened.peek();
  }

  @Test
  void handshake_isAnsweredByTheRfcsExample() throws IOException {
    acceptOnLoopZero();
    try (RawClient client = client().sendUpgrade("/")) {
      RawClient.Answer answer = client.answer(false);
      assertThat(answer.status()).isEqualTo(101);
      assertThat(answer.headers())
          .containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
          .containsEntry("upgrade", "websocket")
          .containsEntry("connection", "Upgrade")
          .containsEntry("x-hook", "1")
          .doesNotContainKey("sec-websocket-extensions");
    }
  }

  @Test
  void webSockets_fromAllLoops_liveOnTheirHome() throws IOException {
    acceptOnLoopZero();
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      clients.add(client().upgrade("/"));
      clients.getLast().text("hello " + i);
      assertThat(clients.getLast().serverFrame().text()).isEqualTo("hello " + i);
    }
    for (RawClient client : clients) {
      client.close();
    }
    for (TestWebSocket socket : opened) {
      await().until(() -> socket.log.contains("close:1006"));
      assertThat(socket.log).startsWith("open").endsWith("close:1006");
      assertThat(socket.offLoop).hasValue(0);
    }
  }

  @Test
  void framesSentBeforeThe101_areReadAfterIt() throws IOException {
    Queue<UpgradeExchange> held = new ConcurrentLinkedQueue<>();
    dispatch.onUpgrade = (request, exchange) -> held.add(exchange);
    try (RawClient client = client().sendUpgrade("/").text("early").text("bird")) {
      await().until(() -> !held.isEmpty());
      accept(held.remove());
      assertThat(client.answer(false).status()).isEqualTo(101);
      assertThat(client.serverFrame().text()).isEqualTo("early");
      assertThat(client.serverFrame().text()).isEqualTo("bird");
    }
  }

  @Test
  void earlyFramesInTheSameSegment_areReadAfterThe101() throws IOException {
    acceptOnLoopZero();
    String head =
        RawClient.request(
            "GET",
            "/",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    byte[] frame = RawClient.frame(0x81, "x");
    byte[] both = new byte[head.length() + frame.length];
    System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, both, 0, head.length());
    System.arraycopy(frame, 0, both, head.length(), frame.length);
    for (int i = 0; i < 4; i++) {
      try (RawClient client = client().send(both)) {
        assertThat(client.answer(false).status()).isEqualTo(101);
        assertThat(client.serverFrame().text()).isEqualTo("x");
      }
    }
  }

  @Test
  void refusedUpgrade_isAnsweredAndClosed() throws IOException {
    dispatch.onUpgrade =
        (request, exchange) ->
            Thread.ofVirtual().start(() -> exchange.refuse(HttpReply.text(400, "Bad request")));
    try (RawClient client = client().sendUpgrade("/")) {
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("Bad request");
      assertThat(answer.headers()).containsEntry("connection", "close");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void upgrade_acceptedAfterThePeerHasGone_reportsCloseAlone() throws IOException {
    Queue<UpgradeExchange> held = new ConcurrentLinkedQueue<>();
    dispatch.onUpgrade = (request, exchange) -> held.add(exchange);
    try (RawClient client = client().sendUpgrade("/")) {
      await().until(() -> !held.isEmpty());
      client.socket().setSoLinger(true, 0);
    }
    accept(held.remove());
    TestWebSocket socket = onlySocket();
    await().until(() -> socket.log.contains("close:1006"));
    assertThat(socket.log.stream().filter(entry -> entry.startsWith("close"))).hasSize(1);
    await().until(() -> listener.connectionCount() == 0);
  }

  @Test
  void fragments_withControlFramesBetween_areOneMessage() throws IOException {
    try (RawClient client = open()) {
      client.send(RawClient.frame(0x01, "a"));
      client.send(RawClient.frame(0x89, "ping")).send(RawClient.frame(0x00, "b"));
      client.send(RawClient.frame(0x80, "c"));
      RawClient.ServerFrame pong = client.serverFrame();
      assertThat(pong.opcode()).isEqualTo(0xA);
      assertThat(pong.text()).isEqualTo("ping");
      assertThat(client.serverFrame().text()).isEqualTo("abc");
    }
  }

  @Test
  void binaryAndPong_areReported() throws IOException {
    try (RawClient client = open()) {
      client.send(RawClient.frame(0x82, new byte[300])).send(RawClient.frame(0x8A, "p"));
      TestWebSocket socket = onlySocket();
      await().until(() -> socket.log.contains("pong:1"));
      assertThat(socket.log).containsExactly("open", "binary:300", "pong:1");
    }
  }

  @Test
  void message_atTheLimit_isRead_andOnePast_is1009() throws IOException {
    try (RawClient client = open()) {
      client.send(RawClient.frame(0x82, new byte[MESSAGE_LIMIT]));
      TestWebSocket socket = onlySocket();
      await().until(() -> socket.log.contains("binary:" + MESSAGE_LIMIT));
      client.send(RawClient.frame(0x82, new byte[MESSAGE_LIMIT + 1]));
      assertThat(client.serverFrame().closeCode()).isEqualTo(1009);
      await().until(() -> socket.log.contains("close:1009"));
    }
  }

  @Test
  void fragmentedMessage_onePastTheLimit_is1009WhileReading() throws IOException {
    try (RawClient client = open()) {
      client.send(RawClient.frame(0x02, new byte[MESSAGE_LIMIT]));
      client.send(new byte[] {0x00, (byte) 0x81, 1, 2, 3, 4});
      assertThat(client.serverFrame().closeCode()).isEqualTo(1009);
    }
  }

  static Stream<Arguments> violations() {
    return Stream.of(
        Arguments.of("unmasked", 1002, new byte[] {(byte) 0x81, 1, 'x'}),
        Arguments.of("RSV1", 1002, new byte[] {(byte) 0xC1}),
        Arguments.of("RSV2", 1002, new byte[] {(byte) 0xA1}),
        Arguments.of("RSV3", 1002, new byte[] {(byte) 0x91}),
        Arguments.of("opcode 3", 1002, new byte[] {(byte) 0x83}),
        Arguments.of("opcode 7", 1002, new byte[] {(byte) 0x87}),
        Arguments.of("opcode 11", 1002, new byte[] {(byte) 0x8B}),
        Arguments.of("opcode 15", 1002, new byte[] {(byte) 0x8F}),
        Arguments.of("fragmented ping", 1002, new byte[] {0x09}),
        Arguments.of("long ping", 1002, new byte[] {(byte) 0x89, (byte) 0xFE}),
        Arguments.of("lone continuation", 1002, new byte[] {(byte) 0x80}),
        Arguments.of("top bit of length", 1002, header((byte) 0x80)),
        Arguments.of("length 2^62", 1009, header((byte) 0x40)),
        Arguments.of("close of one byte", 1002, RawClient.frame(0x88, "x")),
        Arguments.of("close code 1005", 1002, RawClient.frame(0x88, new byte[] {3, (byte) 0xED})),
        Arguments.of("close code 999", 1002, RawClient.frame(0x88, new byte[] {3, (byte) 0xE7})),
        Arguments.of(
            "close code 5000", 1002, RawClient.frame(0x88, new byte[] {0x13, (byte) 0x88})),
        Arguments.of(
            "close reason", 1007, RawClient.frame(0x88, new byte[] {3, (byte) 0xE8, (byte) 0xFF})),
        Arguments.of("text", 1007, RawClient.frame(0x81, new byte[] {(byte) 0xC0, (byte) 0xAF})),
        Arguments.of("text that ends early", 1007, RawClient.frame(0x81, new byte[] {(byte) 0xE2})),
        Arguments.of(
            "wrong first fragment, at once",
            1007,
            RawClient.frame(0x01, new byte[] {(byte) 0xFF})));
  }

  private static byte[] header(byte topOfLength) {
    return new byte[] {(byte) 0x82, (byte) 0xFF, topOfLength, 0, 0, 0, 0, 0, 0, 0};
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("violations")
  void violation_failsTheConnection(String what, int code, byte[] bytes) throws IOException {
    try (RawClient client = open().send(bytes)) {
      RawClient.ServerFrame close = client.serverFrame();
      assertThat(close.opcode()).as(what).isEqualTo(0x8);
      assertThat(close.closeCode()).as(what).isEqualTo(code);
      assertThat(client.ended()).isTrue();
    }
    TestWebSocket socket = onlySocket();
    await().until(() -> socket.log.contains("close:" + code));
    assertThat(socket.log).containsExactly("open", "close:" + code);
    await().until(() -> listener.connectionCount() == 0);
  }

  @Test
  void newMessage_insideAnother_is1002() throws IOException {
    try (RawClient client =
        open().send(RawClient.frame(0x01, "a")).send(RawClient.frame(0x81, "b"))) {
      assertThat(client.serverFrame().closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void splitCharacter_acrossFragments_isWhole() throws IOException {
    byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
    try (RawClient client = open()) {
      client.send(RawClient.frame(0x01, new byte[] {euro[0]}));
      client.send(RawClient.frame(0x80, new byte[] {euro[1], euro[2]}));
      assertThat(client.serverFrame().text()).isEqualTo("€");
    }
  }

  @Test
  void unfinishedMessage_is1008AtItsDeadline() throws IOException {
    try (RawClient client = open().send(RawClient.frame(0x01, "never ending"))) {
      assertThat(client.serverFrame().closeCode()).isEqualTo(1008);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void unfinishedHeader_is1008AtItsDeadline() throws IOException {
    try (RawClient client = open().send(new byte[] {(byte) 0x81})) {
      assertThat(client.serverFrame().closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void finishedMessages_haveNoDeadline() throws IOException {
    try (RawClient client = open().text("quick")) {
      assertThat(client.serverFrame().text()).isEqualTo("quick");
      client.socket().setSoTimeout(MESSAGE_DEADLINE_MILLIS * 2);
      assertThat(client.ended()).isFalse();
    }
  }

  @Test
  void peersClose_isAnswered_andEndsTheConnection() throws IOException {
    try (RawClient client = open().send(RawClient.frame(0x88, new byte[] {3, (byte) 0xE9}))) {
      assertThat(client.serverFrame().closeCode()).isEqualTo(1001);
      assertThat(client.ended()).isTrue();
    }
    await().until(() -> onlySocket().log.contains("close:1001"));
  }

  @Test
  void peersEmptyClose_isAnsweredEmpty_andNothingBehindItCounts() throws IOException {
    try (RawClient client = open().send(RawClient.frame(0x88, "")).text("late")) {
      assertThat(client.serverFrame().payload()).isEmpty();
      assertThat(client.ended()).isTrue();
    }
    await().until(() -> onlySocket().log.contains("close:1005"));
    assertThat(onlySocket().log).containsExactly("open", "close:1005");
  }

  @Test
  void ourClose_answered_endsTheConnection() throws IOException {
    try (RawClient client = open()) {
      onlySocket().inLoop(channel -> channel.close(1001, "bye"));
      assertThat(client.serverFrame().closeCode()).isEqualTo(1001);
      client.send(RawClient.frame(0x88, new byte[] {3, (byte) 0xE9}));
      assertThat(client.ended()).isTrue();
    }
    await().until(() -> onlySocket().log.contains("close:1001"));
  }

  @Test
  void ourEmptyClose_goesBehindWhatIsQueued() throws IOException {
    try (RawClient client = open()) {
      onlySocket()
          .inLoop(
              channel -> {
                channel.write(textFrame("last words"));
                channel.close();
                channel.write(textFrame("too late"));
                channel.flush();
              });
      assertThat(client.serverFrame().text()).isEqualTo("last words");
      RawClient.ServerFrame close = client.serverFrame();
      assertThat(close.opcode()).isEqualTo(0x8);
      assertThat(close.payload()).isEmpty();
    }
  }

  @Test
  void ourClose_unanswered_endsAtItsDeadline() throws IOException {
    try (RawClient client = open()) {
      onlySocket().inLoop(channel -> channel.close(1000, ""));
      assertThat(client.serverFrame().closeCode()).isEqualTo(1000);
      assertThat(client.ended()).isTrue();
    }
    await().until(() -> onlySocket().log.contains("close:1006"));
  }

  @Test
  void abort_endsAtOnce() throws IOException {
    try (RawClient client = open()) {
      onlySocket().inLoop(channel -> channel.abort());
      assertThat(client.ended()).isTrue();
    }
    await().until(() -> onlySocket().log.contains("close:1006"));
  }

  @Test
  void ping_inTheSameWrite_followsItsMessage() throws IOException {
    try (RawClient client = open()) {
      onlySocket()
          .inLoop(
              channel -> {
                channel.write(textFrame("event"));
                channel.ping("7".getBytes(StandardCharsets.US_ASCII));
                channel.flush();
              });
      assertThat(client.serverFrame().text()).isEqualTo("event");
      RawClient.ServerFrame ping = client.serverFrame();
      assertThat(ping.opcode()).isEqualTo(0x9);
      assertThat(ping.text()).isEqualTo("7");
    }
  }

  @Test
  void slowReader_isNotWritable_andIsAgainLater() throws IOException {
    try (RawClient client = open()) {
      TestWebSocket socket = onlySocket();
      int pieces = 400;
      Frame big = new Frame(true, new byte[65_536]);
      Queue<Long> pending = new ConcurrentLinkedQueue<>();
      socket.inLoop(
          channel -> {
            for (int i = 0; i < pieces; i++) {
              channel.write(big);
            }
            channel.flush();
            pending.add(channel.writable() ? -1 : channel.pendingBytes());
          });
      await().until(() -> !pending.isEmpty());
      assertThat(pending.remove()).isGreaterThan(ListenerOptions.defaults().writeHighWater());
      assertThat(socket.log).doesNotContain("writable");
      for (int i = 0; i < pieces; i++) {
        assertThat(client.serverFrame().payload()).hasSize(65_536);
      }
      await().until(() -> socket.log.contains("writable"));
      socket.inLoop(channel -> pending.add(channel.pendingBytes()));
      await().until(() -> pending.contains(0L));
    }
  }

  @Test
  void pings_ofAPeerThatDoesNotRead_areAnsweredWithTheNewestAlone() throws IOException {
    try (RawClient client = open()) {
      TestWebSocket socket = onlySocket();
      int pieces = 200;
      socket.inLoop(
          channel -> {
            Frame big = new Frame(true, new byte[65_536]);
            for (int i = 0; i < pieces; i++) {
              channel.write(big);
            }
            channel.flush();
          });
      await().until(() -> !socket.channel().writable());
      for (int i = 0; i < 50; i++) {
        client.send(RawClient.frame(0x89, "ping " + i));
      }
      client.send(RawClient.frame(0x8A, "marker"));
      await().until(() -> socket.log.contains("pong:6"));
      for (int i = 0; i < pieces; i++) {
        client.serverFrame();
      }
      assertThat(client.serverFrame().text()).isEqualTo("ping 49");
    }
  }

  @Test
  void failingReceiver_endsItsConnectionWith1011_andNoOther() throws IOException {
    acceptOnLoopZero();
    try (RawClient good = client().upgrade("/")) {
      try (RawClient bad = client().upgrade("/")) {
        await().until(() -> opened.size() == 2);
        TestWebSocket victim = opened.stream().skip(1).findFirst().orElseThrow();
        victim.onText =
            text -> {
              throw new IllegalStateException("planted");
            };
        bad.text("x");
        assertThat(bad.serverFrame().closeCode()).isEqualTo(1011);
        await().until(() -> victim.log.contains("close:1011"));
      }
      assertThat(good.text("fine").serverFrame().text()).isEqualTo("fine");
    }
  }
}
