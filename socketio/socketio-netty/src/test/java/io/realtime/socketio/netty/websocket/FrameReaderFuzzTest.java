package io.realtime.socketio.netty.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.realtime.socketio.netty.RawClient;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any bytes as the frames of a client, in one piece and cut. */
class FrameReaderFuzzTest {
  private static final int LIMIT = 300;
  private static final int ROUNDS = 1_000;
  private static final int[] FIRST_BYTES = {
    0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x88, 0x89, 0x8A, 0xC1, 0x42
  };

  /** Without and with permessage-deflate. */
  private static final List<@Nullable MessageInflater> INFLATERS =
      Arrays.asList(null, new MessageInflater());

  /** The first byte chooses where the rest is cut. */
  @FuzzTest
  void frames(byte[] input) {
    if (input.length > 0) {
      assertSameHoweverCut(Arrays.copyOfRange(input, 1, input.length), input[0]);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void frames_random_giveTheSameHoweverCut(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int frames = 1 + random.nextInt(5); frames > 0; frames--) {
        byte[] payload = new byte[random.nextInt(random.nextInt(10) == 0 ? LIMIT + 2 : 20)];
        for (int i = 0; i < payload.length; i++) {
          payload[i] = (byte) (random.nextInt(20) == 0 ? random.nextInt() : 'a');
        }
        out.writeBytes(RawClient.frame(FIRST_BYTES[random.nextInt(FIRST_BYTES.length)], payload));
      }
      byte[] bytes = out.toByteArray();
      if (random.nextInt(3) == 0) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      assertSameHoweverCut(bytes, random.nextInt());
    }
  }

  private static void assertSameHoweverCut(byte[] bytes, int cuts) {
    for (MessageInflater inflater : INFLATERS) {
      List<String> whole = read(bytes, new int[] {bytes.length}, inflater);
      Random random = new Random(cuts);
      int[] tiny = random.ints(bytes.length + 1, 0, 4).toArray();
      int[] larger = random.ints(bytes.length + 1, 1, 200).toArray();
      assertThat(read(bytes, tiny, inflater)).isEqualTo(whole);
      assertThat(read(bytes, larger, inflater)).isEqualTo(whole);
    }
  }

  /** What the reader says of pieces of those lengths, and how it ends. */
  private static List<String> read(
      byte[] bytes, int[] lengths, @Nullable MessageInflater inflater) {
    Log log = new Log();
    FrameReader reader = new FrameReader(LIMIT, inflater, log);
    int at = 0;
    try {
      for (int i = 0; i < lengths.length && at < bytes.length; i++) {
        int length = Math.min(lengths[i], bytes.length - at);
        reader.read(Unpooled.wrappedBuffer(bytes, at, length));
        at += length;
      }
      if (at < bytes.length) {
        reader.read(Unpooled.wrappedBuffer(bytes, at, bytes.length - at));
      }
      log.calls.add("mid-message: " + reader.midMessage() + " read: " + reader.messagesRead());
    } catch (WebSocketViolation violation) {
      assertThat(violation.closeCode()).isIn(1002, 1007, 1009);
      log.calls.add("violation: " + violation.closeCode());
    }
    return log.calls;
  }

  /** Keeps every call, within its bound. */
  private static final class Log implements FrameReader.Sink {
    private final List<String> calls = new ArrayList<>();

    @Override
    public void onText(String text) {
      assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(LIMIT);
      calls.add("text: " + text);
    }

    @Override
    public void onBinary(byte[] bytes) {
      assertThat(bytes.length).isLessThanOrEqualTo(LIMIT);
      calls.add("binary: " + java.util.HexFormat.of().formatHex(bytes));
    }

    @Override
    public void onPing(byte[] payload) {
      assertThat(payload.length).isLessThanOrEqualTo(125);
      calls.add("ping: " + java.util.HexFormat.of().formatHex(payload));
    }

    @Override
    public void onPong(byte[] payload) {
      assertThat(payload.length).isLessThanOrEqualTo(125);
      calls.add("pong: " + java.util.HexFormat.of().formatHex(payload));
    }

    @Override
    public void onClose(int code) {
      assertThat(code).isBetween(1000, 4999);
      calls.add("close: " + code);
    }
  }
}
