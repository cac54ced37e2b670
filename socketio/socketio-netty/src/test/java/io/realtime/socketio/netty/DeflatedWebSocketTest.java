package io.realtime.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.MessageDeflate;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.http.UpgradeExchange.WebSocketLimits;
import io.realtime.socketio.server.transport.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** permessage-deflate on the wire. */
final class DeflatedWebSocketTest extends ListenerTest {
  private static final int MESSAGE_LIMIT = 100_000;
  private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";

  private final List<TestWebSocket> opened = new ArrayList<>();
  private volatile Optional<MessageDeflate> deflate = Optional.of(MessageDeflate.defaults());

  @BeforeEach
  void accept() {
    dispatch.onUpgrade = (request, exchange) -> accept(exchange);
  }

  private void accept(UpgradeExchange exchange) {
    TestWebSocket socket = new TestWebSocket(loops.loops().get(1));
    socket.onText =
        text -> {
          socket.channel().write(new Frame(false, text.getBytes(StandardCharsets.UTF_8)));
          socket.channel().flush();
        };
    opened.add(socket);
    exchange.accept(
        socket.home,
        HttpHeaders.empty(),
        new WebSocketLimits(MESSAGE_LIMIT, 30_000, deflate),
        socket);
  }

  private RawClient open(String... headers) throws IOException {
    RawClient client = client();
    client.sendUpgrade("/", headers);
    RawClient.Answer answer = client.answer(false);
    assertThat(answer.status()).isEqualTo(101);
    assertThat(answer.headers().getOrDefault("sec-websocket-extensions", ""))
        .isEqualTo(
            deflate.isPresent() && headers.length > 0
                ? "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
                : "");
    return client;
  }

  private static byte[] deflated(byte[] message) {
    Deflater deflater = new Deflater(6, true);
    deflater.setInput(message);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] piece = new byte[8_192];
    int count;
    do {
      count = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH);
      out.write(piece, 0, count);
    } while (count == piece.length);
    deflater.end();
    return Arrays.copyOf(out.toByteArray(), out.size() - 4);
  }

  private static String inflated(byte[] compressed, int length) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    inflater.setInput(compressed);
    byte[] message = new byte[length];
    assertThat(inflater.inflate(message)).isEqualTo(length);
    inflater.end();
    return new String(message, StandardCharsets.UTF_8);
  }

  @Test
  void offered_andSwitchedOff_isDeclined_andItsBitIs1002() throws IOException {
    deflate = Optional.empty();
    try (RawClient client = open(OFFER)) {
      client.send(RawClient.frame(0xC1, deflated(new byte[10])));
      assertThat(client.serverFrame().closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void notOffered_isNotUsed() throws IOException {
    String large = "a".repeat(2_000);
    try (RawClient client = open()) {
      client.text(large);
      assertThat(client.serverFrame().text()).isEqualTo(large);
    }
  }

  @Test
  void agreed_largeMessagesAreCompressedBothWays_smallOnesAreNot() throws Exception {
    String large = "word ".repeat(1_000);
    try (RawClient client = open(OFFER + "; client_max_window_bits")) {
      for (int i = 0; i < 3; i++) {
        client.send(RawClient.frame(0xC1, deflated(large.getBytes(StandardCharsets.UTF_8))));
        assertThat(client.bytes(1)[0]).isEqualTo((byte) 0xC1);
        byte[] payload = new byte[client.bytes(1)[0]];
        System.arraycopy(client.bytes(payload.length), 0, payload, 0, payload.length);
        assertThat(inflated(payload, large.length())).isEqualTo(large);
        client.text("small");
        assertThat(client.serverFrame().text()).isEqualTo("small");
      }
    }
  }

  @Test
  void fragments_ofACompressedMessage_withAPingBetween_areOneMessage() throws IOException {
    byte[] compressed = deflated("Hello, Hello, Hello".getBytes(StandardCharsets.UTF_8));
    byte[] first = Arrays.copyOfRange(compressed, 0, 3);
    byte[] second = Arrays.copyOfRange(compressed, 3, compressed.length);
    try (RawClient client = open(OFFER)) {
      client.send(RawClient.frame(0x41, first));
      client.send(RawClient.frame(0x89, "p"));
      client.send(RawClient.frame(0x80, second));
      assertThat(client.serverFrame().opcode()).isEqualTo(0xA);
      assertThat(client.serverFrame().text()).isEqualTo("Hello, Hello, Hello");
    }
  }

  @Test
  void message_atTheLimitIsRead_onePastItIs1009() throws IOException {
    try (RawClient client = open(OFFER)) {
      client.send(RawClient.frame(0xC2, deflated(new byte[MESSAGE_LIMIT])));
      await().until(() -> opened.getFirst().log.contains("binary:" + MESSAGE_LIMIT));
      client.send(RawClient.frame(0xC2, deflated(new byte[MESSAGE_LIMIT + 1])));
      assertThat(client.serverFrame().closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void bomb_is1009_andOtherConnectionsGoOn() throws IOException {
    byte[] bomb = deflated(new byte[90 * 1024 * 1024]);
    assertThat(bomb.length).isLessThan(MESSAGE_LIMIT);
    try (RawClient client = open(OFFER);
        RawClient other = open(OFFER)) {
      client.send(RawClient.frame(0xC2, bomb));
      assertThat(client.serverFrame().closeCode()).isEqualTo(1009);
      other.text("still here");
      assertThat(other.serverFrame().text()).isEqualTo("still here");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "C1, ffff, 1007",
    "E1, 00, 1002",
    "91, 00, 1002",
    "C9, 00, 1002",
    "C0, 00, 1002",
    "A1, 00, 1002",
  })
  void violation_failsTheConnection(String first, String payload, int code) throws IOException {
    byte[] bytes = java.util.HexFormat.of().parseHex(payload);
    try (RawClient client = open(OFFER)) {
      client.send(RawClient.frame(Integer.parseInt(first, 16), bytes));
      assertThat(client.serverFrame().closeCode()).isEqualTo(code);
    }
  }

  @Test
  void reservedBit_onAContinuation_is1002() throws IOException {
    try (RawClient client = open(OFFER)) {
      client.send(RawClient.frame(0x41, deflated(new byte[10])));
      client.send(RawClient.frame(0xC0, new byte[] {0}));
      assertThat(client.serverFrame().closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void text_thatInflatesToOtherThanUtf8_is1007() throws IOException {
    try (RawClient client = open(OFFER)) {
      client.send(RawClient.frame(0xC1, deflated(new byte[] {'a', (byte) 0xff})));
      assertThat(client.serverFrame().closeCode()).isEqualTo(1007);
    }
  }

  @Test
  void extensionList_malformedOrEightKilobytesOfCommas_is400() throws IOException {
    for (String header :
        new String[] {
          "Sec-WebSocket-Extensions: permessage-deflate;",
          "Sec-WebSocket-Extensions: a" + ",".repeat(2_500),
          "Sec-WebSocket-Protocol: a" + ",".repeat(2_500),
        }) {
      try (RawClient client = client()) {
        client.sendUpgrade("/", header);
        assertThat(client.answer().status()).isEqualTo(400);
        assertThat(client.ended()).isTrue();
      }
    }
    assertThat(dispatch.requests).isEmpty();
  }
}
