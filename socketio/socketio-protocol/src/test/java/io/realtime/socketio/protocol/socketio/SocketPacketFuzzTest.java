package io.realtime.socketio.protocol.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Any sequence of messages into one decoder: headers, JSON, attachments in and out of turn. */
class SocketPacketFuzzTest {
  private static final DecodeLimits LIMITS = DecodeLimits.defaults();

  /** What came back may hold an attachment more than once, and then has more of them. */
  private static final DecodeLimits WIDE =
      new DecodeLimits(1_000_000, 512, 1_000_000, 1_000_000, 20_000_000, 1_000, 1_024);

  @FuzzTest
  void messages(byte[] input) {
    SocketPacketDecoder decoder = new SocketPacketDecoder(LIMITS);
    int missing = 0;
    for (FuzzedMessage message : FuzzedMessage.split(input)) {
      try {
        missing = check(message.into(decoder), message, missing);
      } catch (MalformedPacketException malformed) {
        missing = 0;
        assertForgotten(decoder);
      }
    }
  }

  /** Returns how many attachments are missing now. */
  private static int check(DecodeResult result, FuzzedMessage message, int missingBefore) {
    return switch (result) {
      case DecodeResult.Complete(SocketPacket packet) -> {
        assertThat(missingBefore).isEqualTo(message instanceof FuzzedMessage.Bytes ? 1 : 0);
        assertComesBack(packet);
        yield 0;
      }
      case DecodeResult.NeedsAttachments(int missing) -> {
        assertThat(missing).isBetween(1, LIMITS.maxAttachments());
        if (missingBefore > 0) {
          assertThat(missing).isEqualTo(missingBefore - 1);
        }
        yield missing;
      }
    };
  }

  private static void assertComesBack(SocketPacket packet) {
    EncodedPacket encoded = SocketPacketEncoder.encode(packet);
    SocketPacketDecoder again = new SocketPacketDecoder(WIDE);
    String text = new String(encoded.text(), java.nio.charset.StandardCharsets.UTF_8);
    List<DecodeResult> results = new ArrayList<>();
    results.add(again.accept(text.substring(1)));
    for (byte[] attachment : encoded.attachments()) {
      results.add(again.accept(attachment));
    }
    assertThat(results.getLast()).isEqualTo(new DecodeResult.Complete(packet));
  }

  /** The decoder holds nothing of what was malformed. */
  private static void assertForgotten(SocketPacketDecoder decoder) {
    assertThat(decoder.accept("2[\"e\"]"))
        .isEqualTo(
            new DecodeResult.Complete(
                new SocketPacket.Event("/", OptionalLong.empty(), List.of("e"))));
  }
}
