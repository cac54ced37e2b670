package io.realtime.socketio.protocol.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bound, at it and one past it. */
class DecodeLimitsTest {
  /** Attachments 2, depth 4, nodes 8, keys 3, string 5, number 6, namespace 7. */
  private static final DecodeLimits LIMITS = new DecodeLimits(2, 4, 8, 3, 5, 6, 7);

  static Stream<Arguments> atAndPast() {
    return Stream.of(
        Arguments.of("attachments", "52-[\"e\"]", "53-[\"e\"]"),
        Arguments.of("depth of arrays", "2[\"e\",[[[]]]]", "2[\"e\",[[[[]]]]]"),
        Arguments.of(
            "depth of objects",
            "0{\"a\":{\"a\":{\"a\":{}}}}",
            "0{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}"),
        Arguments.of("nodes", "2[\"e\",1,2,3,4,5,6]", "2[\"e\",1,2,3,4,5,6,7]"),
        Arguments.of("keys", "0{\"a\":1,\"b\":2,\"c\":3}", "0{\"a\":1,\"b\":2,\"c\":3,\"d\":4}"),
        Arguments.of("string", "2[\"12345\"]", "2[\"123456\"]"),
        Arguments.of("string by escapes", "2[\"1234\\u0035\"]", "2[\"12345\\u0036\"]"),
        Arguments.of("name", "0{\"12345\":1}", "0{\"123456\":1}"),
        Arguments.of("integer", "2[-123456]", "2[1234567]"),
        Arguments.of("fraction", "2[-1.23456]", "2[1.234567]"),
        Arguments.of("namespace", "0/123456", "0/1234567"),
        Arguments.of("namespace before a comma", "0/123456,", "0/1234567,"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("atAndPast")
  void packet_atTheLimit_isDecoded(String limit, String at, String past) {
    assertThat(new SocketPacketDecoder(LIMITS).accept(at)).as(limit).isNotNull();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("atAndPast")
  void packet_onePastTheLimit_isRefused(String limit, String at, String past) {
    assertThatExceptionOfType(MalformedPacketException.class)
        .as(limit)
        .isThrownBy(() -> new SocketPacketDecoder(LIMITS).accept(past));
  }

  @Test
  void ackId_atWhatJavaScriptCountsTo_isDecodedAndOnePastRefused() {
    SocketPacketDecoder decoder = new SocketPacketDecoder(LIMITS);

    assertThat(decoder.accept("39007199254740991[]")).isInstanceOf(DecodeResult.Complete.class);
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> decoder.accept("39007199254740992[]"));
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> decoder.accept("3" + "9".repeat(100_000) + "[]"));
  }

  @Test
  void attachments_default_isTen() {
    SocketPacketDecoder decoder = new SocketPacketDecoder(DecodeLimits.defaults());

    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> decoder.accept("511-[\"e\"]"));
    assertThat(decoder.accept("510-[\"e\"]")).isEqualTo(new DecodeResult.NeedsAttachments(10));
  }

  @Test
  void limits_ofTwoDecoders_areTheirOwn() {
    SocketPacketDecoder narrow = new SocketPacketDecoder(LIMITS);
    SocketPacketDecoder wide = new SocketPacketDecoder(DecodeLimits.defaults());

    assertThat(wide.accept("2[\"123456\"]")).isInstanceOf(DecodeResult.Complete.class);
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> narrow.accept("2[\"123456\"]"));
  }

  @Test
  void defaults_hugeButShallow_areDecoded() {
    String names =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "\"k" + i + "\":" + i)
            .collect(Collectors.joining(","));

    assertThat(new SocketPacketDecoder(DecodeLimits.defaults()).accept("2[\"e\",{" + names + "}]"))
        .isInstanceOf(DecodeResult.Complete.class);
  }

  @Test
  void defaults_nestedOnceMoreThanAllowed_isRefusedWithoutOverflow() {
    SocketPacketDecoder decoder = new SocketPacketDecoder(DecodeLimits.defaults());

    assertThat(decoder.accept("2[\"e\"," + "[".repeat(511) + "]".repeat(511) + "]"))
        .isInstanceOf(DecodeResult.Complete.class);
    for (int depth : new int[] {512, 100_000}) {
      assertThatExceptionOfType(MalformedPacketException.class)
          .isThrownBy(
              () -> decoder.accept("2[\"e\"," + "[".repeat(depth) + "]".repeat(depth) + "]"));
    }
  }

  @Test
  void defaults_numberOfAMegabyte_isRefused() {
    SocketPacketDecoder decoder = new SocketPacketDecoder(DecodeLimits.defaults());

    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> decoder.accept("2[" + "9".repeat(1_000_000) + "]"));
  }

  static Stream<Arguments> impossible() {
    return Stream.of(
        Arguments.of("maxAttachments", -1, 1, 1, 1, 1, 1, 1),
        Arguments.of("maxDepth", 0, 0, 1, 1, 1, 1, 1),
        Arguments.of("maxDepth", 0, 1001, 1, 1, 1, 1, 1),
        Arguments.of("maxNodes", 0, 1, 0, 1, 1, 1, 1),
        Arguments.of("maxKeysPerObject", 0, 1, 1, 0, 1, 1, 1),
        Arguments.of("maxStringLength", 0, 1, 1, 1, 0, 1, 1),
        Arguments.of("maxNumberLength", 0, 1, 1, 1, 1, 0, 1),
        Arguments.of("maxNamespaceLength", 0, 1, 1, 1, 1, 1, 0));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void limits_impossible_areRefusedByName(
      String name, int attachments, int depth, int nodes, int keys, int text, int number, int nsp) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new DecodeLimits(attachments, depth, nodes, keys, text, number, nsp))
        .withMessageStartingWith(name + ": ");
  }

  @Test
  void limits_smallestPossible_areAccepted() {
    assertThat(new DecodeLimits(0, 1, 1, 1, 1, 1, 1).maxAttachments()).isZero();
    assertThat(new DecodeLimits(0, 1000, 1, 1, 1, 1, 1).maxDepth()).isEqualTo(1000);
  }
}
