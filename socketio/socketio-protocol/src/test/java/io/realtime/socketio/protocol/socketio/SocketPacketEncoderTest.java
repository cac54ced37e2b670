package io.realtime.socketio.protocol.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the encoder meets: values that a decoder never makes. */
class SocketPacketEncoderTest {

  @Test
  void rawJson_isSplicedUntouched() {
    byte[] source = "{ \"price\": 1.10, \"b\":\"\\u00e9\", \"a\":1e3 }".getBytes(UTF_8);

    assertThat(text("order:created", new RawJson(source)))
        .isEqualTo("42[\"order:created\",{ \"price\": 1.10, \"b\":\"\\u00e9\", \"a\":1e3 }]");
  }

  @Test
  void rawJson_inside_isSplicedToo() {
    assertThat(text("e", Map.of("a", List.of(RawJson.of("[1,2]")))))
        .isEqualTo("42[\"e\",{\"a\":[[1,2]]}]");
  }

  @Test
  void rawJson_asPayload_isSpliced() {
    EncodedPacket encoded =
        SocketPacketEncoder.encode(
            new SocketPacket.ConnectError("/", RawJson.of("{\"message\":\"no\"}")));

    assertThat(new String(encoded.text(), UTF_8)).isEqualTo("44{\"message\":\"no\"}");
  }

  @Test
  void number_withoutJsonForm_isNull() {
    assertThat(text("e", Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY))
        .isEqualTo("42[\"e\",null,null,null]");
  }

  @Test
  void number_ofEveryType_isWritten() {
    assertThat(text("e", (byte) 1, (short) 2, 3, 4L, 0.5f, 1.0, new BigDecimal("1.10")))
        .isEqualTo("42[\"e\",1,2,3,4,0.5,1.0,1.10]");
    assertThat(text("e", Long.MIN_VALUE, Integer.MIN_VALUE))
        .isEqualTo("42[\"e\",-9223372036854775808,-2147483648]");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        9,
        10,
        99,
        100,
        1_234_567_890_123L,
        999_999_999_999_999_999L,
        -1,
        -10,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void integer_ofEachLength_isWrittenInItsDigits(long value) {
    assertThat(text("e", value)).isEqualTo("42[\"e\"," + value + "]");
    assertThat(text("e", (int) value)).isEqualTo("42[\"e\"," + (int) value + "]");
    assertThat(text(Collections.nCopies(200, value).toArray()))
        .isEqualTo("42" + Collections.nCopies(200, value).toString().replace(" ", ""));
  }

  @Test
  void loneSurrogate_isEscaped() {
    assertThat(text("\ud800", "\udc00x", "a\ud834"))
        .isEqualTo("42[\"\\ud800\",\"\\udc00x\",\"a\\ud834\"]");
  }

  @Test
  void string_longerThanTheEstimate_grows() {
    String umlauts = "ü€𝄞\u0001".repeat(5_000);

    assertThat(text("e", umlauts))
        .isEqualTo("42[\"e\",\"" + umlauts.replace("\u0001", "\\u0001") + "\"]");
  }

  @Test
  void packet_plain_fillsItsArrayExactly() {
    EncodedPacket encoded =
        SocketPacketEncoder.encode(
            new SocketPacket.Event("/", OptionalLong.empty(), List.of("e", RawJson.of("{}"))));

    assertThat(encoded.text()).isEqualTo("42[\"e\",{}]".getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "disconnect", "newListener"})
  void eventName_reserved_isRefused(String name) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> text(name))
        .withMessageContaining("event name");
  }

  @Test
  void eventName_missing_isRefused() {
    SocketPacket empty = new SocketPacket.Event("/", OptionalLong.empty(), List.of());

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> SocketPacketEncoder.encode(empty));
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> text(null, "e"));
  }

  @Test
  void value_withoutJsonForm_isRefusedByItsType() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> text("e", Thread.State.NEW))
        .withMessageContaining("java.lang.Thread$State");
  }

  @Test
  void bytes_outsideOfEventAndAck_areRefused() {
    SocketPacket connect = new SocketPacket.Connect("/", Map.of("a", new byte[1]));

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> SocketPacketEncoder.encode(connect));
  }

  @Test
  void value_nestedToTheLimit_isEncodedAndOnePastRefused() {
    assertThat(text("e", nested(JsonText.MAX_DEPTH - 1))).startsWith("42[\"e\",[[");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> text("e", nested(JsonText.MAX_DEPTH)))
        .withMessageContaining("1000");
  }

  @Test
  void value_thatHoldsItself_isRefused() {
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);

    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> text("e", cycle));
  }

  private static Object nested(int depth) {
    Object value = List.of();
    for (int i = 1; i < depth; i++) {
      value = List.of(value);
    }
    return value;
  }

  private static String text(@Nullable Object... arguments) {
    return new String(
        SocketPacketEncoder.encode(
                new SocketPacket.Event("/", OptionalLong.empty(), Arrays.asList(arguments)))
            .text(),
        UTF_8);
  }
}
