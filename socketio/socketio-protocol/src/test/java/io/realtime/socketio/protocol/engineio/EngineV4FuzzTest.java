package io.realtime.socketio.protocol.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Any bytes as a polling payload or a frame of revision 4. */
class EngineV4FuzzTest {

  @FuzzTest
  void body(byte[] body) {
    Decoded.of(() -> EngineCodecV4.decodePayload(body, Decoded.MAX_PACKETS))
        .ifPresent(
            packets -> {
              Decoded.assertBounded(packets, body.length);
              Decoded.assertComesBack(
                  packets,
                  again ->
                      EngineCodecV4.decodePayload(
                          EngineCodecV4.joinPayload(
                              again.stream().map(EngineCodecV4::encodeText).toList()),
                          Decoded.MAX_PACKETS));
              assertThat(EngineCodecV4.decodePayload(new String(body, UTF_8), packets.size()))
                  .as("at the limit")
                  .hasSameSizeAs(packets);
            });
    Decoded.of(() -> List.of(EngineCodecV4.decodeText(new String(body, UTF_8))));
    assertThat(EngineCodecV4.decodeBinary(body).data()).isSameAs(body);
  }
}
