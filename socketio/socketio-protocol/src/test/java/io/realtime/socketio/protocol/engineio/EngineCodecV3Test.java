package io.realtime.socketio.protocol.engineio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineCodecV3Test {
  private static final EnginePacket TEXT = new EnginePacket.Text("€𝄞");
  private static final EnginePacket.Binary BINARY =
      new EnginePacket.Binary(new byte[] {1, 2, 3, 4});

  @Test
  void text_encoded_isTheSameAsInRevision4() {
    assertThat(EngineCodecV3.encodeText(TEXT)).isEqualTo(EngineCodecV4.encodeText(TEXT));
    assertThat(EngineCodecV3.decodeText("2probe")).isEqualTo(new EnginePacket.Ping("probe"));
    assertThat(EngineCodecV3.decodeText("4€𝄞")).isEqualTo(TEXT);
  }

  @Test
  void binary_asText_keepsItsType() {
    assertThat(new String(EngineCodecV3.encodeText(BINARY), UTF_8)).isEqualTo("b4AQIDBA==");
    assertThat(((EnginePacket.Binary) EngineCodecV3.decodeText("b4AQIDBA==")).data())
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void binary_asFrame_keepsItsType() {
    assertThat(EngineCodecV3.encodeBinary(BINARY.data())).containsExactly(4, 1, 2, 3, 4);
    assertThat(EngineCodecV3.decodeBinary(new byte[] {4, 1, 2}).data()).containsExactly(1, 2);
    assertThat(EngineCodecV3.decodeBinary(new byte[] {4}).data()).isEmpty();
  }

  @Test
  void payload_joined_countsUtf16CodeUnits() {
    byte[] body =
        EngineCodecV3.joinPayload(
            List.of(
                EngineCodecV3.encodeText(TEXT),
                EngineCodecV3.encodeText(new EnginePacket.Noop()),
                EngineCodecV3.encodeText(new EnginePacket.Text("é".repeat(11))),
                EngineCodecV3.encodeText(BINARY)));

    assertThat(new String(body, UTF_8))
        .isEqualTo("4:4€𝄞1:612:4" + "é".repeat(11) + "10:b4AQIDBA==");
    assertThat(EngineCodecV3.decodePayload(body, 4)).hasSize(4).startsWith(TEXT);
  }

  @Test
  void payload_ofNothing_isWrittenAsZero() {
    assertThat(new String(EngineCodecV3.joinPayload(List.of()), UTF_8)).isEqualTo("0:");
    assertThat(EngineCodecV3.decodePayload("0:", 1)).isEmpty();
  }

  @Test
  void payload_atThePacketLimit_isDecodedAndOnePastRefused() {
    assertThat(EngineCodecV3.decodePayload("1:61:6", 2)).hasSize(2);
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> EngineCodecV3.decodePayload("1:61:61:6", 2))
        .withMessageContaining("more than 2 packets");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "!",
        "1!",
        ":",
        ":6",
        "x:6",
        "1:",
        "2:6",
        "1:66",
        "-1:6",
        "1 :6",
        "1:61",
        "1.0:6",
        "99999999999999999999:6",
        "4294967297:6",
        "1:7",
        "1:b",
        "2:b3",
        "2:4a2:",
        "٣:4ab"
      })
  void payload_malformed_isRefusedWhole(String body) {
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> EngineCodecV3.decodePayload(body, 100));
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> EngineCodecV3.decodePayload(body.getBytes(UTF_8), 100));
  }

  @Test
  void binaryPayload_encoded_hasDigitsAsBytes() {
    byte[] body =
        EngineCodecV3.encodeBinaryPayload(
            List.of(new EnginePacket.Text("€"), BINARY, new EnginePacket.Text("x".repeat(11))));

    assertThat(body)
        .startsWith(0, 4, 0xff, '4', 0xe2, 0x82, 0xac)
        .contains(1, 5, 0xff, 4, 1, 2, 3, 4)
        .containsSequence(0, 1, 2, 0xff, '4', 'x');
    List<EnginePacket> decoded = EngineCodecV3.decodeBinaryPayload(body, 3);
    assertThat(decoded).hasSize(3).startsWith(new EnginePacket.Text("€"));
    assertThat(((EnginePacket.Binary) decoded.get(1)).data()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void binaryPayload_ofNothing_isEmpty() {
    assertThat(EngineCodecV3.encodeBinaryPayload(List.of())).isEmpty();
    assertThat(EngineCodecV3.decodeBinaryPayload(new byte[0], 1)).isEmpty();
  }

  @Test
  void binaryPayload_atThePacketLimit_isDecodedAndOnePastRefused() {
    byte[] two = {0, 1, -1, '6', 0, 1, -1, '6'};

    assertThat(EngineCodecV3.decodeBinaryPayload(two, 2)).hasSize(2);
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> EngineCodecV3.decodeBinaryPayload(two, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000",
        "\u0000\u0001",
        "\u0000\u00ff6",
        "\u0000\u0001\u00ff",
        "\u0000\u0002\u00ff6",
        "\u0000\n\u00ff4aaaaaaaaa",
        "\u0002\u0001\u00ff6",
        "\u0001\u0001\u00ff\u0003",
        "\u0001\u0000\u00ff",
        "\u0000\u0000\u00ff",
        "\u0000\u0001\u00ff7",
        "\u0000\u0002\u00ff4\u00c3",
        "\u0000\u0009\u0009\u0009\u0009\u0009\u0009\u0009\u0009\u0009\u0009\u00ff4",
        "\u0000\u0009\u0009\u0009\u0009\u0009\u0009\u0009\u0009\u0009\u0009\u0009\u00ff4"
      })
  void binaryPayload_malformed_isRefusedWhole(String body) {
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> EngineCodecV3.decodeBinaryPayload(body.getBytes(ISO_8859_1), 100));
  }

  @Test
  void binaryFrame_notAMessage_isRefused() {
    for (byte[] frame : List.of(new byte[0], new byte[] {2}, new byte[] {'4', 1})) {
      assertThatExceptionOfType(MalformedPacketException.class)
          .isThrownBy(() -> EngineCodecV3.decodeBinary(frame));
    }
  }
}
