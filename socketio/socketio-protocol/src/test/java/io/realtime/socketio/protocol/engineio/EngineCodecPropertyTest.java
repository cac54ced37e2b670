package io.realtime.socketio.protocol.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random payloads and random bytes; the seed is in the name of a failing test. */
class EngineCodecPropertyTest {
  private static final int ROUNDS = 2_000;
  private static final byte[] LIKELY = "0123456b:;\u001eAQ=\u0000\u0001\u0004".getBytes(UTF_8);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void payload_random_comesBackAsItWas(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<EnginePacket> packets = packets(random);

      byte[] four =
          EngineCodecV4.joinPayload(packets.stream().map(EngineCodecV4::encodeText).toList());
      byte[] three =
          EngineCodecV3.joinPayload(packets.stream().map(EngineCodecV3::encodeText).toList());
      byte[] threeBinary = EngineCodecV3.encodeBinaryPayload(packets);

      int count = packets.size();
      assertThat(EngineCodecV4.decodePayload(four, count))
          .usingRecursiveFieldByFieldElementComparator()
          .isEqualTo(packets);
      assertThat(EngineCodecV3.decodePayload(three, count))
          .usingRecursiveFieldByFieldElementComparator()
          .isEqualTo(packets);
      assertThat(EngineCodecV3.decodeBinaryPayload(threeBinary, count))
          .usingRecursiveFieldByFieldElementComparator()
          .isEqualTo(packets);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void bytes_random_areAPayloadOrMalformed(long seed) {
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] body = new byte[random.nextInt(24)];
      for (int i = 0; i < body.length; i++) {
        body[i] =
            random.nextInt(3) > 0 ? LIKELY[random.nextInt(LIKELY.length)] : (byte) random.nextInt();
      }
      refused += refused(() -> EngineCodecV4.decodePayload(body, 8));
      refused += refused(() -> EngineCodecV3.decodePayload(body, 8));
      refused += refused(() -> EngineCodecV3.decodeBinaryPayload(body, 8));
      refused += refused(() -> EngineCodecV3.decodeBinary(body));
    }
    assertThat(refused).isBetween(ROUNDS, 4 * ROUNDS - 1);
  }

  /** Returns 1 when it was refused; anything but a result or that refusal fails the test. */
  private static int refused(Runnable decode) {
    try {
      decode.run();
      return 0;
    } catch (MalformedPacketException e) {
      return 1;
    }
  }

  private static List<EnginePacket> packets(Random random) {
    List<EnginePacket> packets = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      packets.add(
          switch (random.nextInt(8)) {
            case 0 -> new EnginePacket.Open(text(random));
            case 1 -> new EnginePacket.Close();
            case 2 -> new EnginePacket.Ping(text(random));
            case 3 -> new EnginePacket.Pong(text(random));
            case 4 -> new EnginePacket.Upgrade();
            case 5 -> new EnginePacket.Noop();
            case 6 -> {
              byte[] bytes = new byte[random.nextInt(20)];
              random.nextBytes(bytes);
              yield new EnginePacket.Binary(bytes);
            }
            default -> new EnginePacket.Text(text(random));
          });
    }
    return packets;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      int codePoint = random.nextInt(random.nextBoolean() ? 0x80 : 0x20000);
      boolean usable =
          codePoint != EngineCodecV4.SEPARATOR && (codePoint < 0xd800 || codePoint > 0xdfff);
      text.appendCodePoint(usable ? codePoint : 'x');
    }
    return text.toString();
  }
}
