package io.realtime.socketio.protocol.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What must be true of whatever a decoder makes of bytes that a peer chose. */
final class Decoded {
  static final int MAX_PACKETS = 16;

  private Decoded() {}

  /** Empty when malformed; any other failure is a finding. */
  static Optional<List<EnginePacket>> of(Supplier<List<EnginePacket>> decoding) {
    try {
      return Optional.of(decoding.get());
    } catch (MalformedPacketException malformed) {
      return Optional.empty();
    }
  }

  /** No more packets than allowed, and nothing that was not in the body. */
  static void assertBounded(List<EnginePacket> packets, int bodyBytes) {
    assertThat(packets).hasSizeLessThanOrEqualTo(MAX_PACKETS);
    assertThat(packets.stream().mapToInt(Decoded::size).sum()).isLessThanOrEqualTo(bodyBytes);
  }

  /** Encoding and decoding gives the same packets again. */
  static void assertComesBack(List<EnginePacket> packets, UnaryOperator<List<EnginePacket>> again) {
    if (!packets.isEmpty()) {
      assertThat(again.apply(packets))
          .usingRecursiveFieldByFieldElementComparator()
          .isEqualTo(packets);
    }
  }

  private static int size(EnginePacket packet) {
    return switch (packet) {
      case EnginePacket.Open open -> open.json().length();
      case EnginePacket.Ping ping -> ping.data().length();
      case EnginePacket.Pong pong -> pong.data().length();
      case EnginePacket.Text text -> text.data().length();
      case EnginePacket.Binary binary -> binary.data().length;
      case EnginePacket.Close _, EnginePacket.Upgrade _, EnginePacket.Noop _ -> 0;
    };
  }
}
