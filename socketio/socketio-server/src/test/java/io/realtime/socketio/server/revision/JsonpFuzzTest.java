package io.realtime.socketio.server.revision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.realtime.socketio.protocol.engineio.EnginePacket;
import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.protocol.socketio.DecodeLimits;
import io.realtime.socketio.protocol.socketio.DecodeResult;
import io.realtime.socketio.protocol.socketio.JsonPacketParser;
import io.realtime.socketio.protocol.socketio.SocketPacket;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.transport.Frame;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any bytes as a form, and any text through a form and through a script. */
class JsonpFuzzTest {
  private static final int MAX_PACKETS = 16;
  private static final String HEAD = "___eio[7](";
  private static final HttpRequest HANDSHAKE = request(new byte[0]);
  private static final PollingFormat FORMAT = RevisionFour.INSTANCE.pollingOf(HANDSHAKE);

  private static HttpRequest request(byte[] body) {
    return new HttpRequest(
        "POST",
        "/",
        "/",
        Map.of("j", List.of("7")),
        HttpHeaders.empty(),
        InetSocketAddress.createUnresolved("client", 1),
        false,
        body);
  }

  @FuzzTest
  void form(byte[] input) {
    try {
      assertThat(FORMAT.read(request(input), MAX_PACKETS)).hasSizeLessThanOrEqualTo(MAX_PACKETS);
    } catch (MalformedPacketException malformed) {
      // refused
    }
    String text = new String(input, UTF_8).replace(String.valueOf((char) 0x1e), "");
    // what clients write for a backslash and a line feed is also what they write for \\n, as text;
    // no packet holds the former: JSON has neither of them as it is
    thereAndBack(text.replaceAll("\\\\+\n", "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a\nb\\n\\\\n", "\u2028\u2029\"\\\t\u0001</script>", "\ud834\udd1e&d=+%"})
  void text_asAFormAndAsAScript_comesBack(String text) {
    thereAndBack(text);
  }

  private static void thereAndBack(String text) {
    String written = ("4" + text).replace("\\n", "\\\\n").replace("\n", "\\n");
    byte[] form = ("d=" + URLEncoder.encode(written, UTF_8)).getBytes(UTF_8);

    assertThat(FORMAT.read(request(form), MAX_PACKETS))
        .containsExactly(new EnginePacket.Text(text));
    assertThat(calledWith(new Frame(false, text.getBytes(UTF_8)))).isEqualTo(text);
  }

  /** The argument of the call that the script is. */
  private static Object calledWith(Frame packet) {
    String script = new String(FORMAT.write(List.of(packet)).body(), UTF_8);
    assertThat(script).startsWith(HEAD).endsWith(");").doesNotContain("\n", "\u2028", "\u2029");
    String literal = script.substring(HEAD.length(), script.length() - 2);
    DecodeResult result =
        new JsonPacketParser().reader(DecodeLimits.defaults()).accept("2[\"e\"," + literal + "]");
    if (result instanceof DecodeResult.Complete(SocketPacket.Event event)) {
      return Objects.requireNonNull(event.arguments().get(1));
    }
    throw new AssertionError(result);
  }
}
