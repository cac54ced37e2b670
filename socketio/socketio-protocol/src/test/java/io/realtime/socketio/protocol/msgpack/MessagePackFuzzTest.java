package io.realtime.socketio.protocol.msgpack;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.protocol.socketio.DecodeLimits;
import io.realtime.socketio.protocol.socketio.DecodeResult;

/** Any bytes as a packet in MessagePack. */
class MessagePackFuzzTest {
  private static final MessagePackParser PARSER = new MessagePackParser();

  @FuzzTest
  void message(byte[] message) {
    DecodeResult result;
    try {
      result = PARSER.reader(DecodeLimits.defaults()).accept(message);
    } catch (MalformedPacketException malformed) {
      return;
    }
    byte[] written = write(result);
    assertThat(write(PARSER.reader(DecodeLimits.defaults()).accept(written))).isEqualTo(written);
  }

  private static byte[] write(DecodeResult result) {
    return switch (result) {
      case DecodeResult.Complete(var packet) -> PARSER.encode(packet).parts().getFirst().bytes();
      case DecodeResult.NeedsAttachments needs -> throw new AssertionError(needs);
    };
  }
}
