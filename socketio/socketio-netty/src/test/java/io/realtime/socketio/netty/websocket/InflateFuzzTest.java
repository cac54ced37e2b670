package io.realtime.socketio.netty.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any bytes as a compressed message, and compressed as a message. */
class InflateFuzzTest {
  /** More than one scratch buffer, so that both ways through it are taken. */
  private static final int LIMIT = 2 * MessageInflater.SCRATCH + 1_000;

  private static final int ROUNDS = 300;
  private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};

  /** One for all: what a message leaves behind must not matter to the next. */
  private static final MessageInflater INFLATER = new MessageInflater();

  @FuzzTest
  void message(byte[] input) {
    assertInflatesOrIsRefused(input);
    assertComesBack(input);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void message_randomOrDamaged_inflatesOrIsRefused(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] message = new byte[random.nextInt(random.nextInt(20) == 0 ? LIMIT : 500)];
      for (int i = 0; i < message.length; i++) {
        message[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : 'a');
      }
      assertComesBack(message);
      byte[] damaged = deflated(message);
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      assertInflatesOrIsRefused(damaged);
    }
  }

  private static void assertInflatesOrIsRefused(byte[] compressed) {
    Optional<byte[]> inflated = inflated(compressed);
    inflated.ifPresent(
        message -> {
          assertThat(message.length).isLessThanOrEqualTo(LIMIT);
          assertThat(message).isEqualTo(reference(compressed));
        });
    assertThat(inflated(deflated(HELLO))).hasValue(HELLO);
  }

  private static void assertComesBack(byte[] message) {
    if (message.length <= LIMIT) {
      assertThat(inflated(deflated(message))).hasValue(message);
    }
  }

  private static Optional<byte[]> inflated(byte[] compressed) {
    try {
      return Optional.of(INFLATER.inflate(compressed, compressed.length, LIMIT));
    } catch (WebSocketViolation violation) {
      assertThat(violation.closeCode()).isIn(1007, 1009);
      return Optional.empty();
    }
  }

  /** As RFC 7692 says it: the bytes and the tail, inflated in one go. */
  private static byte[] reference(byte[] compressed) {
    byte[] whole = Arrays.copyOf(compressed, compressed.length + 4);
    whole[whole.length - 2] = (byte) 0xff;
    whole[whole.length - 1] = (byte) 0xff;
    Inflater inflater = new Inflater(true);
    inflater.setInput(whole);
    byte[] message = new byte[LIMIT + 1];
    try {
      return Arrays.copyOf(message, inflater.inflate(message));
    } catch (DataFormatException malformed) {
      throw new AssertionError("malformed, but it was accepted", malformed);
    } finally {
      inflater.end();
    }
  }

  private static byte[] deflated(byte[] message) {
    Deflater deflater = new Deflater(6, true);
    deflater.setInput(message);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] piece = new byte[4_096];
    for (int count = piece.length; count == piece.length; ) {
      count = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH);
      out.write(piece, 0, count);
    }
    deflater.end();
    byte[] flushed = out.toByteArray();
    return Arrays.copyOf(flushed, flushed.length - 4);
  }
}
