package io.realtime.notify.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.catalogue.Verdict.ErrorCode;
import io.realtime.notify.core.catalogue.Verdict.Reject;
import io.realtime.notify.core.catalogue.Verdict.Stage;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a producer writes, the answer is a verdict and never an exception. */
class BadRecordTest {
  private static final RecordLimits LIMITS = new RecordLimits(200, 4, 10);

  private final EventCatalogue catalogue = new EventCatalogue(LIMITS, Projection.everything());

  private Reject rejected(byte[] value) {
    return (Reject) catalogue.route(Records.of("order.created", value));
  }

  private Reject rejected(String json) {
    return rejected(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "{",
        "{\"orderId\":1",
        "{\"orderId\":1,}",
        "{'orderId':1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{} {}",
        "{}x",
        "[1",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "nul"
      })
  void malformedJson_routed_isADeserializeFault(String json) {
    Reject reject = rejected(json);

    assertThat(reject.stage()).isEqualTo(Stage.DESERIALIZE);
    assertThat(reject.code()).isEqualTo(ErrorCode.MALFORMED_JSON);
    assertThat(reject.message()).startsWith("value: ").hasSizeLessThan(512);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]", "null", "7", "\"text\"", "true"})
  void jsonThatIsNoObject_routed_isRejected(String json) {
    assertThat(rejected(json).code()).isEqualTo(ErrorCode.NOT_AN_OBJECT);
  }

  @Test
  void invalidUtf8_routed_isADeserializeFault() {
    byte[] value = "{\"orderId\":1,\"buyerId\":2,\"note\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    value[value.length - 3] = (byte) 0xC3;

    assertThat(rejected(value))
        .isEqualTo(
            new Reject(
                Stage.DESERIALIZE,
                ErrorCode.MALFORMED_JSON,
                "value: not UTF-8 (expected: JSON in UTF-8)"));
  }

  @Test
  void utf16_routed_isADeserializeFault() {
    assertThat(rejected("{\"orderId\":1,\"buyerId\":2}".getBytes(StandardCharsets.UTF_16LE)).code())
        .isEqualTo(ErrorCode.MALFORMED_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"buyerId", "orderId", "eventId", "timestamp", "stock"})
  void knownMemberTwice_routed_isRejectedNamingIt(String name) {
    Reject reject = rejected("{\"%1$s\":1,\"%1$s\":2}".formatted(name));

    assertThat(reject.code()).isEqualTo(ErrorCode.INVALID_FIELD);
    assertThat(reject.message()).startsWith(name + ": appears twice");
  }

  @Test
  void size_atLimit_isRoutedAndPastIt_isTooLarge() {
    String open = "{\"orderId\":1,\"buyerId\":2,\"n\":\"";
    String fits = open + "x".repeat(200 - open.length() - 2) + "\"}";

    assertThat(catalogue.route(Records.of("order.created", fits)))
        .isInstanceOf(Verdict.Deliver.class);
    assertThat(rejected(fits.replace("x\"}", "xx\"}")))
        .extracting(Reject::stage, Reject::code)
        .containsExactly(Stage.APPEND, ErrorCode.TOO_LARGE);
  }

  @Test
  void depth_atLimit_isRoutedAndPastIt_isTooLarge() {
    String fits = "{\"orderId\":1,\"buyerId\":2,\"n\":[[[]]]}";

    assertThat(catalogue.route(Records.of("order.created", fits)))
        .isInstanceOf(Verdict.Deliver.class);
    assertThat(rejected(fits.replace("[[[]]]", "[[[[]]]]")).code()).isEqualTo(ErrorCode.TOO_LARGE);
  }

  @Test
  void numberLength_atLimit_isRoutedAndPastIt_isTooLarge() {
    String fits = "{\"orderId\":1234567890,\"buyerId\":2}";

    assertThat(catalogue.route(Records.of("order.created", fits)))
        .isInstanceOf(Verdict.Deliver.class);
    assertThat(rejected(fits.replace("1234567890", "12345678901")).code())
        .isEqualTo(ErrorCode.TOO_LARGE);
  }

  @Test
  void deepNesting_routed_doesNotOverflowTheStack() {
    EventCatalogue standard = EventCatalogue.standard();
    String deep = "{\"a\":" + "[".repeat(100_000);

    assertThat(((Reject) standard.route(Records.of("order.created", deep))).code())
        .isEqualTo(ErrorCode.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void mutatedBytes_routed_giveAVerdict(long seed) {
    Random random = new Random(seed);
    EventCatalogue standard = EventCatalogue.standard();
    for (int i = 0; i < 2_000; i++) {
      byte[] value =
          ("{\"orderId\":1,\"eventId\":\"e\"," + RandomJson.members(random, 3) + "\"buyerId\":2}")
              .getBytes(StandardCharsets.UTF_8);
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        value[random.nextInt(value.length)] = (byte) random.nextInt(256);
      }

      assertThat(standard.route(Records.of("order.created", value)))
          .as("seed %d run %d", seed, i)
          .isNotNull();
    }
  }
}
