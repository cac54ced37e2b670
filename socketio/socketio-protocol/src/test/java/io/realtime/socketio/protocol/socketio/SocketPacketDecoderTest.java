package io.realtime.socketio.protocol.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the decoder meets: other spellings of a packet, and text that is none. */
class SocketPacketDecoderTest {
  private final SocketPacketDecoder decoder = new SocketPacketDecoder(DecodeLimits.defaults());

  @Test
  void namespace_endOfText_needsNoComma() {
    assertThat(packet("0/admin")).isEqualTo(new SocketPacket.Connect("/admin", Map.of()));
    assertThat(packet("1/custom")).isEqualTo(new SocketPacket.Disconnect("/custom"));
  }

  @Test
  void namespace_rootWritten_isRoot() {
    assertThat(packet("0/,{}")).isEqualTo(new SocketPacket.Connect("/", Map.of()));
  }

  @Test
  void namespace_withQuery_isKeptWhole() {
    assertThat(packet("0/n?a=1&b=2,{}"))
        .isEqualTo(new SocketPacket.Connect("/n?a=1&b=2", Map.of()));
  }

  @Test
  void namespace_withoutComma_takesTheRest() {
    assertThat(packet("0/admin{\"a\":1}"))
        .isEqualTo(new SocketPacket.Connect("/admin{\"a\":1}", Map.of()));
  }

  @Test
  void ackId_leadingZeros_isTheNumber() {
    assertThat(packet("2007[\"e\"]"))
        .isEqualTo(new SocketPacket.Event("/", OptionalLong.of(7), List.of("e")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"012", "0/a,12"})
  void ackId_whereItMeansNothing_isIgnored(String text) {
    assertThat(packet(text)).isInstanceOf(SocketPacket.Connect.class);
  }

  @Test
  void payload_whiteSpaceInside_isAllowed() {
    assertThat(packet("2[ \"e\" ,\t{ \"a\" : [ ] } ]\r\n"))
        .isEqualTo(
            new SocketPacket.Event(
                "/", OptionalLong.empty(), List.of("e", Map.of("a", List.of()))));
  }

  @Test
  void payload_surrogatePairs_areDecoded() {
    assertThat(packet("2[\"\\ud834\\udd1e𝄞\"]"))
        .isEqualTo(new SocketPacket.Event("/", OptionalLong.empty(), List.of("𝄞𝄞")));
  }

  @Test
  void payload_namesOfJavaScriptPrototypes_areOrdinary() {
    assertThat(packet("2[\"constructor\",{\"__proto__\":1,\"toString\":2}]"))
        .isEqualTo(
            new SocketPacket.Event(
                "/",
                OptionalLong.empty(),
                List.of("constructor", Map.of("__proto__", 1, "toString", 2))));
  }

  @ParameterizedTest
  @CsvSource({
    "1, java.lang.Integer",
    "2147483647, java.lang.Integer",
    "2147483648, java.lang.Long",
    "9223372036854775808, java.math.BigInteger",
    "1.0, java.lang.Double",
    "1e2, java.lang.Double"
  })
  void number_decoded_hasTheTypeOfTheModel(String number, Class<?> type) {
    SocketPacket.Event event = (SocketPacket.Event) packet("2[\"e\"," + number + "]");

    assertThat(event.arguments().getLast()).isInstanceOf(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connect",
        "connect_error",
        "disconnect",
        "disconnecting",
        "newListener",
        "removeListener"
      })
  void eventName_reserved_isRefused(String name) {
    assertMalformed("2[\"" + name + "\"]");
    assertMalformed("50-[\"" + name + "\"]");
    assertMalformed("51-[\"" + name + "\",{\"_placeholder\":true,\"num\":0}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "7",
        "9",
        "a",
        "-1",
        "٢[\"e\"]",
        // CONNECT: an object or nothing
        "0[1]",
        "0\"token\"",
        "0null",
        "0true",
        "0/a,1.5",
        "0{\"a\":1",
        "0{}{}",
        "0{},",
        // DISCONNECT: nothing
        "1{}",
        "1[]",
        "1\"x\"",
        "1/a,null",
        // EVENT: an array that begins with a string or number
        "2",
        "21",
        "2/a",
        "2/a,",
        "2{}",
        "2\"e\"",
        "2[]",
        "2[null]",
        "2[true]",
        "2[{}]",
        "2[[]]",
        "2[\"e\"",
        "2[\"e\",",
        "2[\"e\",]",
        "2[\"e\"]x",
        "2[\"e\"][\"e\"]",
        "2/a[\"e\"]",
        // ACK: an id and an array
        "3",
        "31",
        "3[]",
        "31{}",
        "31\"x\"",
        "3/a,[]",
        "3-1[]",
        // CONNECT_ERROR: a string or an object
        "4",
        "4/a,",
        "4[]",
        "4null",
        "4 1",
        // BINARY: a count and a hyphen
        "5",
        "5[\"e\"]",
        "5-[\"e\"]",
        "5--[\"e\"]",
        "5x-[\"e\"]",
        "5-1-[\"e\"]",
        "51[\"e\"]",
        "51",
        "5 1-[\"e\"]",
        "51.0-[\"e\"]",
        "5+1-[\"e\"]",
        "51e0-[\"e\"]",
        "511-[\"e\"]",
        "5999999999999999999999-[\"e\"]",
        "51-",
        "51-{}",
        "51-[]",
        "6-1[]",
        "60-[]",
        "61-1{}",
        // JSON that JSON.parse refuses too
        "2[\"e\",NaN]",
        "2[\"e\",Infinity]",
        "2[\"e\",undefined]",
        "2['e']",
        "2[\"e\",01]",
        "2[\"e\",+1]",
        "2[\"e\",.5]",
        "2[\"e\",5.]",
        "2[\"e\",1e]",
        "2[\"e\",tru]",
        "2[\"e\",{a:1}]",
        "2[\"e\",{\"a\":1,}]",
        "2[\"e\",{\"a\"}]",
        "2[\"e\",{1:1}]",
        "2[\"e\",\"\\x\"]",
        "2[\"e\",\"\\u12\"]",
        "2[\"e\",\"\t\"]",
        "2[\"e\",\"\u0000\"]",
        "2[\"e\" /*c*/]",
        "2[,]",
        "2[\"e\" \"f\"]",
        "2\uFEFF[\"e\"]",
        // JSON that JSON.parse takes, but that says different things to different readers
        "2[\"e\",{\"a\":1,\"a\":2}]",
        "2[\"e\",\"\\ud800\"]",
        "2[\"e\",\"\\udc00\\ud800\"]",
        "2[\"e\",\"\\ud800x\"]",
        "2[\"e\",{\"\\ud800\":1}]",
        "2[\"e\",1e400]",
        "2[\"e\",-1e400]",
        // a refusal of the namespace must not be able to end its own packet
        "0/a\u001eb,",
        "0/\n"
      })
  void text_malformed_isRefused(String text) {
    assertMalformed(text);
  }

  @Test
  void malformed_message_quotesNothingOfThePeer() {
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> decoder.accept("2[\"e\",secretToken]"))
        .satisfies(
            e -> {
              assertThat(e.getMessage()).doesNotContain("secret");
              assertThat(e.getCause()).isNull();
              assertThat(e.getStackTrace()).isEmpty();
            });
  }

  @Test
  void decoder_afterMalformedText_decodesTheNextOne() {
    assertMalformed("2[");

    assertThat(packet("2[\"e\"]")).isInstanceOf(SocketPacket.Event.class);
  }

  @Test
  void arguments_ofAPacket_areReadOnly() {
    List<@Nullable Object> arguments = ((SocketPacket.Event) packet("2[\"e\"]")).arguments();

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Collections.addAll(arguments, "more"));
  }

  private SocketPacket packet(String text) {
    return ((DecodeResult.Complete) decoder.accept(text)).packet();
  }

  private void assertMalformed(String text) {
    assertThatExceptionOfType(MalformedPacketException.class)
        .isThrownBy(() -> decoder.accept(text));
  }
}
