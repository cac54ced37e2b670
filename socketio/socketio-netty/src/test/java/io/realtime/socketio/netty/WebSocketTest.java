package io.realtime.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.transport.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** WebSockets on the wire: how they open, take and give, and end. */
final class WebSocketTest extends WebSocketScene {

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
