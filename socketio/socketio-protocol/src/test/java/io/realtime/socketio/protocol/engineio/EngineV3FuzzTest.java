package io.realtime.socketio.protocol.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Any bytes as a payload, of either kind, or a frame of revision 3. */
class EngineV3FuzzTest {

  @FuzzTest
  void body(byte[] body) {
    Decoded.of(() -> EngineCodecV3.decodePayload(body, Decoded.MAX_PACKETS))
        .ifPresent(
            packets -> {
              Decoded.assertBounded(packets, body.length);
              Decoded.assertComesBack(
                  packets,
                  again ->
                      EngineCodecV3.decodePayload(
                          EngineCodecV3.joinPayload(
                              again.stream().map(EngineCodecV3::encodeText).toList()),
                          Decoded.MAX_PACKETS));
            });
    Decoded.of(() -> EngineCodecV3.decodeBinaryPayload(body, Decoded.MAX_PACKETS))
        .ifPresent(
            packets -> {
              Decoded.assertBounded(packets, body.length);
              Decoded.assertComesBack(
                  packets,
                  again ->
                      EngineCodecV3.decodeBinaryPayload(
                          EngineCodecV3.encodeBinaryPayload(again), Decoded.MAX_PACKETS));
            });
    Decoded.of(() -> List.of(EngineCodecV3.decodeText(new String(body, UTF_8))));
    Decoded.of(() -> List.of(EngineCodecV3.decodeBinary(body)));
  }
}
