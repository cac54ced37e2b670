package io.realtime.socketio.netty.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkLinesTest {
  private final ChunkLines lines = new ChunkLines();

  private boolean accepts(String body) {
    ByteBuf bytes = Unpooled.copiedBuffer(body, US_ASCII);
    lines.begin(true);
    return lines.accepts(bytes, 0, bytes.readableBytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7fffffff\r\n",
        "7FFFFFFF\r\n",
        "0000000000000000000000000000000000000001\r\na\r\n0\r\n\r\n",
        "1\r\n;\r\n0\r\nTrailer: ;\r\n\r\n"
      })
  void size_withinBounds_isAccepted(String body) {
    assertThat(accepts(body)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80000000\r\n",
        "100000000\r\n",
        "8000000000000000\r\n",
        "fffffffffffffffe\r\n",
        "10000000000000000\r\n",
        "cccccccccccccccccccccccccccccccccc\r\n",
        "1\r\na\r\n80000000\r\n",
        "1;\r\na\r\n",
        "1 \r\na\r\n"
      })
  void size_pastBoundsOrExtended_isRefused(String body) {
    assertThat(accepts(body)).isFalse();
  }
}
