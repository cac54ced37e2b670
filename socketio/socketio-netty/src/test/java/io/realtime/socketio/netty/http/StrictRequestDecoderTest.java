package io.realtime.socketio.netty.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits hold to the byte, wherever the network cuts. */
class StrictRequestDecoderTest {
  private static final int LINE = 60;
  private static final int FIELDS = 80;
  private static final HttpLimits LIMITS =
      new HttpLimits(
          LINE,
          FIELDS,
          HttpLimits.defaults().headDeadline(),
          HttpLimits.defaults().bodyDeadline(),
          HttpLimits.defaults().idleTimeout(),
          HttpLimits.defaults().writeDeadline(),
          8);
  private static final InetSocketAddress REMOTE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
  private static final String END = "\r\n";
  private static final int SERVED = 200;

  @Test
  void lineAndFields_ofTheLimit_areServedHoweverCut() {
    assertEachCut(request(LINE, FIELDS), SERVED);
  }

  @Test
  void requestLine_onePastTheLimit_isRefusedHoweverCut() {
    assertEachCut(request(LINE + 1, FIELDS), 414);
  }

  @Test
  void fields_onePastTheLimit_areRefusedHoweverCut() {
    assertEachCut(request(LINE, FIELDS + 1), 431);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\r\r\n", "a\r", "\r\n\r"})
  void body_thatEndsWithACarriageReturn_isWholeAtOnce(String body) {
    String text =
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
    for (int cut = 1; cut <= text.length(); cut++) {
      assertThat(read(text, cut).body).as("cut at %d", cut).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\r\n", "a\r"})
  void chunk_thatEndsWithACarriageReturn_isWhole(String body) {
    String text =
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
            .formatted(body.length(), body);
    for (int cut = 1; cut <= text.length(); cut++) {
      assertThat(read(text, cut).body).as("cut at %d", cut).isEqualTo(body);
    }
  }

  private static String request(int line, int fields) {
    String first = "GET /";
    String version = " HTTP/1.1";
    String host = "Host: h";
    String filler = "X: ";
    return first
        + "a".repeat(line - first.length() - version.length())
        + version
        + END
        + host
        + END
        + filler
        + "b".repeat(fields - host.length() - filler.length())
        + END
        + END;
  }

  private static void assertEachCut(String text, int status) {
    for (int cut = 1; cut <= text.length(); cut++) {
      assertThat(read(text, cut).status).as("cut at %d", cut).isEqualTo(status);
    }
  }

  /** What has become of a request. */
  private record Read(int status, String body) {}

  private static Read read(String text, int cut) {
    EmbeddedChannel channel = new EmbeddedChannel(new StrictRequestDecoder(LIMITS, () -> {}));
    channel.writeInbound(bytes(text.substring(0, cut)), bytes(text.substring(cut)));
    int status = 0;
    StringBuilder body = new StringBuilder();
    for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
      if (status == 0 && part instanceof HttpRequest request) {
        status =
            switch (RequestHead.of(request, REMOTE, false)) {
              case RequestHead.Refused(var reply) -> reply.status();
              case RequestHead.Accepted _ -> SERVED;
            };
      }
      if (part instanceof HttpContent content) {
        body.append(content.content().toString(ISO_8859_1));
      }
      ReferenceCountUtil.release(part);
    }
    channel.finishAndReleaseAll();
    return new Read(status, body.toString());
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, ISO_8859_1);
  }
}
