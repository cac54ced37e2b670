package io.realtime.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client's frames come to: messages, or the end of its connection with the code for it. */
final class WebSocketFramesTest extends WebSocketScene {

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
}
