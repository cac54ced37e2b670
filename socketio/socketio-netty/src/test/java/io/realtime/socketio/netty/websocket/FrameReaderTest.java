package io.realtime.socketio.netty.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.realtime.socketio.netty.RawClient;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameReaderTest {
  private final List<String> log = new ArrayList<>();

  private final FrameReader.Sink sink =
      new FrameReader.Sink() {
        @Override
        public void onText(String text) {
          log.add("text:" + text);
        }

        @Override
        public void onBinary(byte[] bytes) {
          log.add("binary:" + bytes.length);
        }

        @Override
        public void onPing(byte[] payload) {
          log.add("ping:" + new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void onPong(byte[] payload) {
          log.add("pong:" + new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void onClose(int code) {
          log.add("close:" + code);
        }
      };

  private static byte[] conversation() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(RawClient.frame(0x81, "héllo €𝄞"));
    out.writeBytes(RawClient.frame(0x01, "frag"));
    out.writeBytes(RawClient.frame(0x89, ""));
    out.writeBytes(RawClient.frame(0x00, ""));
    out.writeBytes(RawClient.frame(0x8A, "mark"));
    out.writeBytes(RawClient.frame(0x80, "ments"));
    out.writeBytes(RawClient.frame(0x82, new byte[200]));
    out.writeBytes(RawClient.frame(0x81, ""));
    out.writeBytes(RawClient.frame(0x88, new byte[] {3, (byte) 0xE8, 'o', 'k'}));
    out.writeBytes(RawClient.frame(0x81, "ignored"));
    return out.toByteArray();
  }

  private static final List<String> EXPECTED =
      List.of(
          "text:héllo €𝄞",
          "ping:",
          "pong:mark",
          "text:fragments",
          "binary:200",
          "text:",
          "close:1000");

  @Test
  void bytes_cutAnywhere_giveTheSameCalls() throws WebSocketViolation {
    byte[] bytes = conversation();
    for (int cut = 0; cut <= bytes.length; cut++) {
      log.clear();
      FrameReader reader = new FrameReader(1_000, sink);
      reader.read(Unpooled.wrappedBuffer(bytes, 0, cut));
      reader.read(Unpooled.wrappedBuffer(bytes, cut, bytes.length - cut));
      assertThat(log).as("cut at %d", cut).isEqualTo(EXPECTED);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void bytes_cutAtRandom_giveTheSameCalls(long seed) throws WebSocketViolation {
    Random random = new Random(seed);
    byte[] bytes = conversation();
    FrameReader reader = new FrameReader(1_000, sink);
    ByteBuf all = Unpooled.wrappedBuffer(bytes);
    while (all.isReadable()) {
      reader.read(all.readSlice(Math.min(all.readableBytes(), 1 + random.nextInt(7))));
    }
    assertThat(log).as("seed %d", seed).isEqualTo(EXPECTED);
  }

  @Test
  void randomBytes_neverFailOtherwiseThanByAViolation() {
    Random random = new Random(42);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      FrameReader reader = new FrameReader(64, sink);
      try {
        reader.read(Unpooled.wrappedBuffer(bytes));
      } catch (WebSocketViolation expected) {
        assertThat(expected.closeCode()).isBetween(1002, 1009);
      }
    }
  }

  @Test
  void message_atTheLimit_isRead_andOnePast_isNot() throws WebSocketViolation {
    new FrameReader(10, sink).read(Unpooled.wrappedBuffer(RawClient.frame(0x82, new byte[10])));
    assertThat(log).containsExactly("binary:10");
    FrameReader reader = new FrameReader(10, sink);
    ByteBuf onePast = Unpooled.wrappedBuffer(RawClient.frame(0x82, new byte[11]), 0, 2);
    assertThatThrownBy(() -> reader.read(onePast))
        .isInstanceOfSatisfying(
            WebSocketViolation.class, v -> assertThat(v.closeCode()).isEqualTo(1009));
  }

  @Test
  void unfinished_isKnown_andMessagesAreCounted() throws WebSocketViolation {
    FrameReader reader = new FrameReader(100, sink);
    assertThat(reader.midMessage()).isFalse();
    reader.read(Unpooled.wrappedBuffer(new byte[] {(byte) 0x81}));
    assertThat(reader.midMessage()).isTrue();
    FrameReader second = new FrameReader(100, sink);
    second.read(Unpooled.wrappedBuffer(RawClient.frame(0x01, "a")));
    assertThat(second.midMessage()).isTrue();
    second.read(Unpooled.wrappedBuffer(RawClient.frame(0x89, "")));
    assertThat(second.midMessage()).isTrue();
    second.read(Unpooled.wrappedBuffer(RawClient.frame(0x80, "b")));
    assertThat(second.midMessage()).isFalse();
    assertThat(second.messagesRead()).isEqualTo(1);
  }
}
