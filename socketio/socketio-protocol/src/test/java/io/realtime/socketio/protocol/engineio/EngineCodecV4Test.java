package io.realtime.socketio.protocol.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineCodecV4Test {

  static Stream<Arguments> wire() {
    return Stream.of(
        Arguments.of(new EnginePacket.Open("{\"sid\":\"x\"}"), "0{\"sid\":\"x\"}"),
        Arguments.of(new EnginePacket.Close(), "1"),
        Arguments.of(new EnginePacket.Ping(""), "2"),
        Arguments.of(new EnginePacket.Ping("probe"), "2probe"),
        Arguments.of(new EnginePacket.Pong(""), "3"),
        Arguments.of(new EnginePacket.Pong("probe"), "3probe"),
        Arguments.of(new EnginePacket.Text("hello €"), "4hello €"),
        Arguments.of(new EnginePacket.Text(""), "4"),
        Arguments.of(new EnginePacket.Text("𝄞\"\u001f"), "4𝄞\"\u001f"),
        Arguments.of(new EnginePacket.Upgrade(), "5"),
        Arguments.of(new EnginePacket.Noop(), "6"));
  }

  @ParameterizedTest
  @MethodSource("wire")
  void packet_encoded_isTypeAndText(EnginePacket packet, String text) {
    assertThat(new String(EngineCodecV4.encodeText(packet), UTF_8)).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("wire")
  void text_decoded_isItsPacket(EnginePacket packet, String text) {
    assertThat(EngineCodecV4.decodeText(text)).isEqualTo(packet);
  }

  @Test
  void binary_encodedAsText_isBase64WithoutMessageType() {
    EnginePacket packet = new EnginePacket.Binary(new byte[] {1, 2, 3, 4});

    assertThat(new String(EngineCodecV4.encodeText(packet), UTF_8)).isEqualTo("bAQIDBA==");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bAQIDBA==", "bAQIDBA"})
  void base64_withOrWithoutPadding_isItsBytes(String text) {
    assertThat(EngineCodecV4.decodeText(text))
        .isInstanceOfSatisfying(
            EnginePacket.Binary.class,
            binary -> assertThat(binary.data()).containsExactly(1, 2, 3, 4));
  }

  /** As the stock Java client writes it. */
  @Test
  void base64_withLineFeeds_isItsBytes() {
    EnginePacket packet = EngineCodecV4.decodeText("bAQID\nBA==\n");

    assertThat(((EnginePacket.Binary) packet).data()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void base64_empty_isNoBytes() {
    assertThat(EngineCodecV4.decodeText("b"))
        .isInstanceOfSatisfying(
            EnginePacket.Binary.class, binary -> assertThat(binary.data()).isEmpty());
  }

  @Test
  void binaryFrame_decoded_isTheSameArray() {
    byte[] frame = {4, 0, -1};

    assertThat(EngineCodecV4.decodeBinary(frame).data()).isSameAs(frame);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1x", "5x", "6x"})
  void closeUpgradeNoop_withText_dropIt(String text) {
    assertThat(EngineCodecV4.decodeText(text))
        .isEqualTo(EngineCodecV4.decodeText(text.substring(0, 1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "7",
        "9",
        "x",
        " ",
        "-",
        "٤",
        "\u001e",
        "b*",
        "bA",
        "bAQID_",
        "bAQ\u0141D",
        "bAQID BA=="
      })
  void text_malformed_isRefused(String text) {
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> EngineCodecV4.decodeText(text));
  }

  @Test
  void payload_joined_isSplitAgain() {
    List<EnginePacket> packets =
        List.of(
            new EnginePacket.Text("hello"),
            new EnginePacket.Ping(""),
            new EnginePacket.Text("utf — string"));

    byte[] body =
        EngineCodecV4.joinPayload(packets.stream().map(EngineCodecV4::encodeText).toList());

    assertThat(new String(body, UTF_8)).isEqualTo("4hello\u001e2\u001e4utf — string");
    assertThat(EngineCodecV4.decodePayload(body, 3)).isEqualTo(packets);
  }

  @Test
  void payload_ofOnePacket_isThatArray() {
    byte[] only = EngineCodecV4.encodeText(new EnginePacket.Noop());

    assertThat(EngineCodecV4.joinPayload(List.of(only))).isSameAs(only);
  }

  @Test
  void payload_ofNothing_isEmpty() {
    assertThat(EngineCodecV4.joinPayload(List.of())).isEmpty();
  }

  @Test
  void payload_withAnEmptyEncodedPacket_keepsEverySeparator() {
    byte[] body =
        EngineCodecV4.joinPayload(List.of(new byte[0], new byte[] {'6'}, new byte[] {'2'}));

    assertThat(new String(body, UTF_8)).isEqualTo("\u001e6\u001e2");
  }

  @Test
  void payload_withBase64_isBinary() {
    assertThat(EngineCodecV4.decodePayload("451-[]\u001ebAQID", 2).get(1))
        .isInstanceOfSatisfying(
            EnginePacket.Binary.class,
            binary -> assertThat(binary.data()).containsExactly(1, 2, 3));
  }

  @Test
  void payload_atThePacketLimit_isDecoded() {
    assertThat(EngineCodecV4.decodePayload("6\u001e6\u001e6", 3)).hasSize(3);
  }

  @Test
  void payload_onePastThePacketLimit_isRefused() {
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> EngineCodecV4.decodePayload("6\u001e6\u001e6\u001e6", 3))
        .withMessageContaining("more than 3 packets");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\u001e", "4a\u001e", "\u001e4a", "4a\u001e\u001e4b", "4a\u001eabc", "abc"})
  void payload_withOneMalformedPacket_isRefusedWhole(String body) {
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> EngineCodecV4.decodePayload(body, 100));
  }

  @Test
  void payload_invalidUtf8_isRefused() {
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> EngineCodecV4.decodePayload(new byte[] {'4', (byte) 0xc3}, 1))
        .withMessageContaining("UTF-8");
  }

  @Test
  void payload_withASentReplacementCharacter_isDecoded() {
    assertThat(EngineCodecV4.decodePayload("4a\uFFFDb".getBytes(UTF_8), 1))
        .containsExactly(new EnginePacket.Text("a\uFFFDb"));
  }
}
