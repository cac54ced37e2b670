package io.realtime.socketio.protocol.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random packets and random text; the seed is in the name of a failing test. */
class SocketPacketPropertyTest {
  private static final int ROUNDS = 2_000;
  private static final String[] PIECES = {
    "2[",
    "5",
    "1-",
    "0-",
    "/a",
    ",",
    "[",
    "]",
    "{",
    "}",
    "\"e\"",
    "\"",
    ":",
    "\"_placeholder\"",
    "true",
    "\"num\"",
    "0",
    "12",
    "-1.5e3",
    "null",
    "\\u00",
    "\\ud800",
    "\\",
    " ",
    "é",
    "𝄞",
    "\u001e"
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void packet_random_comesBackAsItWas(long seed) {
    Random random = new Random(seed);
    SocketPacketDecoder decoder = new SocketPacketDecoder(DecodeLimits.defaults());
    for (int round = 0; round < ROUNDS; round++) {
      SocketPacket packet = packet(random);

      EncodedPacket encoded = SocketPacketEncoder.encode(packet);
      DecodeResult result = decoder.accept(new String(encoded.text(), UTF_8).substring(1));
      for (byte[] attachment : encoded.attachments()) {
        assertThat(result).isInstanceOf(DecodeResult.NeedsAttachments.class);
        result = decoder.accept(attachment);
      }

      assertThat(result).as("round " + round).isEqualTo(new DecodeResult.Complete(packet));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void text_random_isAPacketOrMalformed(long seed) {
    Random random = new Random(seed);
    SocketPacketDecoder decoder = new SocketPacketDecoder(DecodeLimits.defaults());
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      refused += offer(decoder, text(random));
    }
    assertThat(refused).isGreaterThan(ROUNDS / 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void packet_damaged_isAPacketOrMalformed(long seed) {
    Random random = new Random(seed);
    SocketPacketDecoder decoder = new SocketPacketDecoder(DecodeLimits.defaults());
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] text = SocketPacketEncoder.encode(packet(random)).text().clone();
      text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      byte[] cut = Arrays.copyOf(text, 1 + random.nextInt(text.length));
      refused += offer(decoder, new String(cut, UTF_8).substring(1));
    }
    assertThat(refused).isPositive();
  }

  /** Returns 1 when it was refused; anything but a result or that refusal fails the test. */
  private static int offer(SocketPacketDecoder decoder, String text) {
    try {
      DecodeResult result = decoder.accept(text);
      while (result instanceof DecodeResult.NeedsAttachments) {
        result = decoder.accept(new byte[1]);
      }
      return 0;
    } catch (MalformedPacketException e) {
      return 1;
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(12);
    for (int i = 0; i < pieces; i++) {
      text.append(
          random.nextInt(4) == 0
              ? Character.toString(random.nextInt(0x250))
              : PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static SocketPacket packet(Random random) {
    String namespace = random.nextBoolean() ? "/" : "/" + word(random).replace(",", "");
    return switch (random.nextInt(5)) {
      case 0 -> new SocketPacket.Connect(safe(namespace), object(random, 2, null));
      case 1 -> new SocketPacket.Disconnect(safe(namespace));
      case 2 ->
          new SocketPacket.Event(
              safe(namespace),
              random.nextBoolean()
                  ? OptionalLong.of(random.nextLong(PacketRules.MAX_ACK_ID))
                  : OptionalLong.empty(),
              arguments(random, "e" + word(random)));
      case 3 ->
          new SocketPacket.Ack(
              safe(namespace), random.nextInt(1_000), arguments(random, word(random)));
      default -> new SocketPacket.ConnectError(safe(namespace), object(random, 2, null));
    };
  }

  private static String safe(String namespace) {
    return namespace.chars().anyMatch(c -> c < ' ') ? "/plain" : namespace;
  }

  private static List<@Nullable Object> arguments(Random random, Object first) {
    Budget budget = new Budget(10);
    List<@Nullable Object> arguments = new ArrayList<>();
    arguments.add(first);
    for (int i = random.nextInt(4); i > 0; i--) {
      arguments.add(value(random, 4, budget));
    }
    return arguments;
  }

  private static @Nullable Object value(Random random, int depth, @Nullable Budget budget) {
    return switch (random.nextInt(depth > 0 ? 10 : 8)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt();
      case 3 -> Integer.MAX_VALUE + 1L + random.nextInt(1_000);
      case 4 -> new BigInteger(80, random).setBit(80);
      case 5 -> random.nextGaussian() * Math.pow(10, random.nextInt(-300, 300));
      case 6 -> word(random);
      case 7 -> budget != null && budget.take() ? bytes(random) : "none";
      case 8 -> list(random, depth, budget);
      default -> object(random, depth, budget);
    };
  }

  private static List<@Nullable Object> list(Random random, int depth, @Nullable Budget budget) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(random, depth - 1, budget));
    }
    return list;
  }

  private static Map<String, @Nullable Object> object(
      Random random, int depth, @Nullable Budget budget) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(word(random), value(random, depth - 1, budget));
    }
    return map;
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(5)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      int codePoint = random.nextInt(random.nextBoolean() ? 0x80 : 0x20000);
      word.appendCodePoint(codePoint >= 0xd800 && codePoint <= 0xdfff ? 'x' : codePoint);
    }
    return word.toString();
  }

  /** How many attachments a packet may still have. */
  private static final class Budget {
    private int left;

    Budget(int left) {
      this.left = left;
    }

    boolean take() {
      return left-- > 0;
    }
  }
}
