package io.realtime.notify.http.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.protocol.socketio.DecodeLimits;
import io.realtime.socketio.protocol.socketio.RawJson;
import io.realtime.socketio.server.api.PlainProtocol.Decoded;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonProtocolTest {
  private final PlainJsonProtocol protocol =
      new PlainJsonProtocol(new DecodeLimits(10, 5, 20, 4, 300, 30, 64));

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static List<@Nullable Object> event(@Nullable Object... nameAndArguments) {
    return Arrays.asList(nameAndArguments);
  }

  @Test
  void event_withRawPayload_isSplicedByteForByte() {
    RawJson raw = RawJson.of("{ \"total\":1.10, \"name\":\"Tee \\u00e9 é\" ,\"n\":1e400}");
    assertThat(text(protocol.encode(event("order:created", raw))))
        .isEqualTo(
            "{\"event\":\"order:created\","
                + "\"data\":{ \"total\":1.10, \"name\":\"Tee \\u00e9 é\" ,\"n\":1e400}}");
  }

  @Test
  void event_withRawPayloadInsideAnObject_isSplicedToo() {
    assertThat(text(protocol.encode(event("a", Map.of("b", RawJson.of("[1.0]"))))))
        .isEqualTo("{\"event\":\"a\",\"data\":{\"b\":[1.0]}}");
  }

  @Test
  void event_withoutArguments_hasNullData() {
    assertThat(text(protocol.encode(event("tick"))))
        .isEqualTo("{\"event\":\"tick\",\"data\":null}");
  }

  @Test
  void event_withPositionBehindPayload_carriesItAsId() {
    assertThat(text(protocol.encode(event("notification", RawJson.of("{}"), "pos-1"))))
        .isEqualTo("{\"event\":\"notification\",\"data\":{},\"id\":\"pos-1\"}");
  }

  @Test
  void event_withEveryKindOfValue_isJson() {
    List<@Nullable Object> values =
        Arrays.asList(
            1,
            2L,
            new BigInteger("99999999999999999999"),
            1.5,
            Double.NaN,
            true,
            null,
            "q\"\n",
            new byte[] {1, 2});
    assertThat(text(protocol.encode(event("all", values))))
        .isEqualTo(
            "{\"event\":\"all\",\"data\":"
                + "[1,2,99999999999999999999,1.5,null,true,null,\"q\\\"\\n\",\"AQI=\"]}");
  }

  @Test
  void event_withAValueThatIsNotJson_isACallersFault() {
    assertThatThrownBy(() -> protocol.encode(event("x", new Object())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusal_withoutData_hasTheMessageOnly() {
    assertThat(text(protocol.encodeRefusal("userId is required", Map.of())))
        .isEqualTo("{\"event\":\"connect_error\",\"data\":{\"message\":\"userId is required\"}}");
  }

  @Test
  void refusal_withData_carriesTheCode() {
    assertThat(text(protocol.encodeRefusal("no", Map.of("code", "TOKEN_EXPIRED"))))
        .isEqualTo(
            "{\"event\":\"connect_error\","
                + "\"data\":{\"message\":\"no\",\"data\":{\"code\":\"TOKEN_EXPIRED\"}}}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {"7", "-1", "0", "123456789012345678901234567890", "'\"7\"'", "'\"a-b\"'", "'\"\"'"})
  void frame_withId_isAnsweredWithTheSameIdOfTheSameType(String id) {
    Decoded decoded = protocol.decode("{\"event\":\"subscribe\",\"id\":" + id + "}");
    assertThat(text(protocol.encodeAck(decoded.ackId().orElseThrow(), event(Map.of("ok", true)))))
        .isEqualTo("{\"event\":\"ack\",\"data\":{\"ok\":true},\"id\":" + id + "}");
  }

  @Test
  void frame_withData_isAnEventWithOneArgument() {
    assertThat(protocol.decode("{\"event\":\"a\",\"data\":{\"ids\":[1,2.5,\"x\",null,true]}}"))
        .isEqualTo(
            new Decoded(
                "a",
                List.of(Map.of("ids", Arrays.asList(1, 2.5, "x", null, true))),
                Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"event\":\"a\"}", "{\"data\":null,\"event\":\"a\",\"id\":null}"})
  void frame_withNameOnly_hasNoArgumentsAndWantsNoAnswer(String frame) {
    assertThat(protocol.decode(frame)).isEqualTo(new Decoded("a", List.of(), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello | frame: not valid JSON",
        "{\"event\":\"a\" | frame: not valid JSON",
        "{\"event\":\"a\"} {} | frame: text behind",
        "[\"a\"] | frame: not a JSON object",
        "\"a\" | frame: not a JSON object",
        "null | frame: not a JSON object",
        "{} | event: missing",
        "{\"event\":\"\"} | event: missing",
        "{\"event\":7} | event: missing",
        "{\"event\":\"disconnect\"} | event: reserved",
        "{\"event\":\"a\",\"dta\":{}} | frame: unknown member",
        "{\"event\":\"a\",\"id\":1.5} | id: wrong",
        "{\"event\":\"a\",\"id\":{}} | id: wrong",
        "{\"event\":\"a\",\"id\":true} | id: wrong",
        "{\"event\":\"a\",\"data\":[[[[[1]]]]]} | frame: not valid JSON, or past a limit",
        "{\"event\":\"a\",\"data\":1234567890123456789012345678901} | past a limit",
        "{\"event\":\"a\",\"data\":{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5}} | too many members",
        "{\"event\":\"a\",\"data\":[1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8]} | too many values",
      })
  void frame_thatIsWrong_saysWhatIsWrong(String frame, String reason) {
    assertThatThrownBy(() -> protocol.decode(frame))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void frame_empty_isMalformed() {
    assertThatThrownBy(() -> protocol.decode(""))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessageContaining("empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"a\",\"data\":[[[[1]]]]}",
        "{\"event\":\"a\",\"data\":123456789012345678901234567890}",
        "{\"event\":\"a\",\"data\":{\"a\":1,\"b\":2,\"c\":3,\"d\":4}}",
        "{\"event\":\"a\",\"data\":[1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7]}"
      })
  void frame_atALimit_isTaken(String frame) {
    assertThat(protocol.decode(frame).event()).isEqualTo("a");
  }

  @Test
  void eventName_atItsLimitAndPastIt() {
    String longest = "e".repeat(PlainJsonProtocol.MAX_EVENT_LENGTH);
    assertThat(protocol.decode("{\"event\":\"" + longest + "\"}").event()).isEqualTo(longest);
    assertThatThrownBy(() -> protocol.decode("{\"event\":\"" + longest + "e\"}"))
        .hasMessageContaining("event: too long");
  }

  @Test
  void id_atItsLimitAndPastIt() {
    String longest = "i".repeat(PlainJsonProtocol.MAX_ID_LENGTH);
    assertThat(protocol.decode("{\"event\":\"a\",\"id\":\"" + longest + "\"}").ackId()).isPresent();
    assertThatThrownBy(() -> protocol.decode("{\"event\":\"a\",\"id\":\"" + longest + "i\"}"))
        .hasMessageContaining("id: wrong");
  }
}
