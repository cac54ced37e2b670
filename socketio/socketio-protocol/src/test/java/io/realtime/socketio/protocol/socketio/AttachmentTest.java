package io.realtime.socketio.protocol.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that hold bytes, in both directions. */
class AttachmentTest {
  private static final byte[] ONE = {1, 2, 3};
  private static final byte[] TWO = {};

  private final SocketPacketDecoder decoder = new SocketPacketDecoder(DecodeLimits.defaults());

  @Test
  void event_withBytes_encodesPlaceholdersDepthFirst() {
    Map<String, @Nullable Object> nested = new LinkedHashMap<>();
    nested.put("a", List.of(ONE));
    nested.put("b", 1);

    EncodedPacket encoded =
        SocketPacketEncoder.encode(
            new SocketPacket.Event(
                "/admin", OptionalLong.of(3), List.of("e", nested, TWO, RawJson.of("{}"))));

    assertThat(new String(encoded.text(), UTF_8))
        .isEqualTo(
            "452-/admin,3[\"e\",{\"a\":[{\"_placeholder\":true,\"num\":0}],\"b\":1},"
                + "{\"_placeholder\":true,\"num\":1},{}]");
    assertThat(encoded.attachments()).containsExactly(ONE, TWO);
    assertThat(encoded.size()).isEqualTo(encoded.text().length + 3);
  }

  @Test
  void ack_withBytes_encodesAsBinaryAck() {
    EncodedPacket encoded = SocketPacketEncoder.encode(new SocketPacket.Ack("/", 7, List.of(ONE)));

    assertThat(new String(encoded.text(), UTF_8))
        .isEqualTo("461-7[{\"_placeholder\":true,\"num\":0}]");
    assertThat(encoded.attachments()).containsExactly(ONE);
  }

  @Test
  void binaryEvent_untilTheLastAttachment_isIncomplete() {
    assertThat(
            decoder.accept(
                "52-/a,4[\"e\",{\"x\":[{\"_placeholder\":true,\"num\":1}]},"
                    + "{\"num\":0,\"_placeholder\":true}]"))
        .isEqualTo(new DecodeResult.NeedsAttachments(2));
    assertThat(decoder.accept(ONE)).isEqualTo(new DecodeResult.NeedsAttachments(1));

    DecodeResult result = decoder.accept(TWO);

    assertThat(result)
        .isEqualTo(
            new DecodeResult.Complete(
                new SocketPacket.Event(
                    "/a", OptionalLong.of(4), List.of("e", Map.of("x", List.of(TWO)), ONE))));
  }

  @Test
  void binaryAck_complete_isAnAck() {
    decoder.accept("61-9[{\"_placeholder\":true,\"num\":0}]");

    assertThat(decoder.accept(ONE))
        .isEqualTo(new DecodeResult.Complete(new SocketPacket.Ack("/", 9, List.of(ONE))));
  }

  @Test
  void placeholder_namedTwice_isTheSameBytes() {
    decoder.accept(
        "51-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0,\"x\":1}]");

    assertThat(decoder.accept(ONE))
        .isEqualTo(
            new DecodeResult.Complete(
                new SocketPacket.Event("/", OptionalLong.empty(), List.of("e", ONE, ONE))));
  }

  @Test
  void attachment_namedNowhere_isDropped() {
    decoder.accept("51-[\"e\"]");

    assertThat(decoder.accept(ONE))
        .isEqualTo(
            new DecodeResult.Complete(
                new SocketPacket.Event("/", OptionalLong.empty(), List.of("e"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"_placeholder\":false,\"num\":0}",
        "{\"_placeholder\":\"true\",\"num\":0}",
        "{\"_placeholder\":1,\"num\":5}",
        "{\"num\":0}"
      })
  void objectLikeAPlaceholder_inABinaryEvent_isAnObject(String object) {
    decoder.accept("51-[\"e\"," + object + "]");

    assertThat(decoder.accept(ONE))
        .isInstanceOfSatisfying(
            DecodeResult.Complete.class,
            complete ->
                assertThat(((SocketPacket.Event) complete.packet()).arguments().getLast())
                    .isInstanceOf(Map.class));
  }

  @Test
  void placeholder_inAPlainEvent_isAnObject() {
    assertThat(decoder.accept("2[\"e\",{\"_placeholder\":true,\"num\":0}]"))
        .isEqualTo(
            new DecodeResult.Complete(
                new SocketPacket.Event(
                    "/",
                    OptionalLong.empty(),
                    List.of("e", Map.of("_placeholder", true, "num", 0)))));
  }

  @Test
  void noAttachments_declared_isCompleteAtOnce() {
    assertThat(decoder.accept("50-[\"e\"]"))
        .isEqualTo(
            new DecodeResult.Complete(
                new SocketPacket.Event("/", OptionalLong.empty(), List.of("e"))));
    assertThatExceptionOfType(MalformedPacketException.class).isThrownBy(() -> decoder.accept(ONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "-1", "0.5", "0.0", "\"0\"", "null", "true", "[]", "4294967296", "1e0"})
  void placeholder_numberOutOfRange_isRefused(String number) {
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(
            () -> decoder.accept("51-[\"e\",{\"_placeholder\":true,\"num\":" + number + "}]"))
        .withMessageContaining("illegal attachments");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "51-[\"e\",{\"_placeholder\":true}]",
        "50-[\"e\",{\"_placeholder\":true,\"num\":0}]",
        "51-{\"_placeholder\":true,\"num\":0}",
        "51-[{\"_placeholder\":true,\"num\":0}]"
      })
  void placeholder_whereNoneCanBe_isRefused(String text) {
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> decoder.accept(text));
  }

  @Test
  void text_whileAttachmentsAreMissing_isRefusedAndForgetsThePacket() {
    decoder.accept("51-[\"e\",{\"_placeholder\":true,\"num\":0}]");

    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> decoder.accept("2[\"e\"]"));
    assertThatExceptionOfType(MalformedPacketException.class).isThrownBy(() -> decoder.accept(ONE));
  }

  @Test
  void bytes_whileNoneAreMissing_areRefused() {
    assertThatExceptionOfType(MalformedPacketException.class).isThrownBy(() -> decoder.accept(ONE));
  }

  @Test
  void decoder_reset_forgetsThePacket() {
    decoder.accept("51-[\"e\"]");
    decoder.reset();

    assertThat(decoder.accept("2[\"e\"]")).isInstanceOf(DecodeResult.Complete.class);
  }
}
