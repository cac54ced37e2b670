package io.realtime.socketio.protocol.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets without bytes and their text, the same in both directions. */
class SocketPacketWireTest {

  static Stream<Arguments> wire() {
    Map<String, @Nullable Object> order = new LinkedHashMap<>();
    order.put("b", 1);
    order.put("a", null);
    order.put("__proto__", List.of());
    return Stream.of(
        Arguments.of(new SocketPacket.Connect("/", Map.of()), "0"),
        Arguments.of(new SocketPacket.Connect("/", Map.of("token", "123")), "0{\"token\":\"123\"}"),
        Arguments.of(new SocketPacket.Connect("/admin", Map.of()), "0/admin,"),
        Arguments.of(
            new SocketPacket.Connect("/admin", Map.of("sid", "x")), "0/admin,{\"sid\":\"x\"}"),
        Arguments.of(new SocketPacket.Connect("/n?token=x", Map.of()), "0/n?token=x,"),
        Arguments.of(new SocketPacket.Disconnect("/"), "1"),
        Arguments.of(new SocketPacket.Disconnect("/custom"), "1/custom,"),
        Arguments.of(event("/", OptionalLong.empty(), "foo"), "2[\"foo\"]"),
        Arguments.of(event("/", OptionalLong.empty(), 1, 2), "2[1,2]"),
        Arguments.of(event("/", OptionalLong.of(0), "foo"), "20[\"foo\"]"),
        Arguments.of(
            event("/", OptionalLong.of((1L << 53) - 1), "foo"), "29007199254740991[\"foo\"]"),
        Arguments.of(event("/admin", OptionalLong.of(12), "bar", 1), "2/admin,12[\"bar\",1]"),
        Arguments.of(event("/été/𝄞", OptionalLong.empty(), "é€𝄞"), "2/été/𝄞,[\"é€𝄞\"]"),
        Arguments.of(
            event("/", OptionalLong.empty(), "e", true, false, null, order),
            "2[\"e\",true,false,null,{\"b\":1,\"a\":null,\"__proto__\":[]}]"),
        Arguments.of(
            event("/", OptionalLong.empty(), "e", -1, 2147483648L, 0.5, -2.5E-7),
            "2[\"e\",-1,2147483648,0.5,-2.5E-7]"),
        Arguments.of(
            event(
                "/",
                OptionalLong.empty(),
                "e",
                new java.math.BigInteger("123456789012345678901234567890")),
            "2[\"e\",123456789012345678901234567890]"),
        Arguments.of(
            event("/", OptionalLong.empty(), "\"\\/\b\f\n\r\t\u0000\u001e\u007f\u2028"),
            "2[\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001e\u007f\u2028\"]"),
        Arguments.of(
            event("/", OptionalLong.empty(), "e", Map.of("_placeholder", true)),
            "2[\"e\",{\"_placeholder\":true}]"),
        Arguments.of(new SocketPacket.Ack("/", 1, List.of()), "31[]"),
        Arguments.of(new SocketPacket.Ack("/admin", 456, List.of("x")), "3/admin,456[\"x\"]"),
        Arguments.of(
            new SocketPacket.ConnectError("/ns", Map.of("message", "no")),
            "4/ns,{\"message\":\"no\"}"),
        Arguments.of(new SocketPacket.ConnectError("/deny", "no"), "4/deny,\"no\""));
  }

  @ParameterizedTest
  @MethodSource("wire")
  void packet_encoded_isItsText(SocketPacket packet, String text) {
    EncodedPacket encoded = SocketPacketEncoder.encode(packet);

    assertThat(new String(encoded.text(), UTF_8)).isEqualTo("4" + text);
    assertThat(encoded.attachments()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("wire")
  void text_decoded_isItsPacket(SocketPacket packet, String text) {
    assertThat(new SocketPacketDecoder(DecodeLimits.defaults()).accept(text))
        .isEqualTo(new DecodeResult.Complete(packet));
  }

  private static SocketPacket event(
      String namespace, OptionalLong ackId, @Nullable Object... arguments) {
    return new SocketPacket.Event(namespace, ackId, Arrays.asList(arguments));
  }
}
