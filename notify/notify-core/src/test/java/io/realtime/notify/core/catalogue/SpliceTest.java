package io.realtime.notify.core.catalogue;

import static io.realtime.notify.core.catalogue.Records.payload;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The source's bytes come through as they are; ours stand behind them. */
class SpliceTest {
  private static final String OURS =
      "\"eventId\":\"order.created:3:42\",\"timestamp\":\"2026-11-24T10:00:00.500Z\","
          + "\"message\":\"Order 1 has been placed\",\"severity\":\"success\",\"title\":\"Order"
          + " placed\"}";

  private final EventCatalogue catalogue = EventCatalogue.standard();

  private String created(String json) {
    return payload(catalogue.route(Records.of("order.created", json)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"orderId\":1,\"buyerId\":2",
        "{ \"orderId\" : 1 ,\n\t\"buyerId\":\"u\\u00e9\", \"total\": 1.500E+02 , \"big\":123456789012345678901234567890",
        "{\"z\":null,\"orderId\":1,\"buyerId\":2,\"a\":{\"eventId\":\"x\",\"message\":\"deep\"},\"b\":[{\"timestamp\":1}]",
        "{\"orderId\":1,\"buyerId\":\"ü€😀\",\"note\":\"\\\"}\\\\\"",
        "{\"orderId\":1,\"note\":\"twice\",\"buyerId\":2,\"note\":\"unknown twice\"",
      })
  void source_spliced_keepsEveryByteInFront(String open) {
    assertThat(created(open + "}")).isEqualTo(open + "," + OURS);
  }

  @Test
  void whiteSpaceAround_spliced_isDropped() {
    assertThat(created(" \n{\"orderId\":1,\"buyerId\":2 } \r\n"))
        .isEqualTo("{\"orderId\":1,\"buyerId\":2 ," + OURS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"eventId\":\"a\",\"orderId\":1,\"buyerId\":2|{\"sourceEventId\":\"a\",\"orderId\":1,\"buyerId\":2",
        "{\"orderId\":1,\"event\\u0049d\" : {\"x\":[1]},\"buyerId\":2|{\"orderId\":1,\"sourceEventId\" : {\"x\":[1]},\"buyerId\":2",
        "{\"orderId\":1,\"buyerId\":2,\"eventId\":null|{\"orderId\":1,\"buyerId\":2,\"sourceEventId\":null",
        "{\"sourceEventId\":0,\"eventId\":5,\"orderId\":1,\"buyerId\":2|{\"sourceEventId\":5,\"orderId\":1,\"buyerId\":2",
        "{\"eventId\":5,\"sourceEventId\":[0,{}], \"orderId\":1,\"buyerId\":2|{\"sourceEventId\":5,\"orderId\":1,\"buyerId\":2",
        "{\"eventId\":5,\"orderId\":1,\"buyerId\":2, \"sourceEventId\":\"}\"|{\"sourceEventId\":5,\"orderId\":1,\"buyerId\":2",
        "{\"sourceEventId\":0,\"orderId\":1,\"buyerId\":2|{\"sourceEventId\":0,\"orderId\":1,\"buyerId\":2",
      })
  void ownEventId_spliced_isKeptAsSourceEventId(String open, String kept) {
    assertThat(created(open + "}")).isEqualTo(kept + "," + OURS);
  }

  @Test
  void textsOfTheSource_spliced_areNotAddedAgain() {
    String open =
        "{\"orderId\":1,\"buyerId\":2,\"timestamp\":7,\"message\":null,\"severity\":\"x\",\"title\":\"\"";

    assertThat(created(open + "}")).isEqualTo(open + ",\"eventId\":\"order.created:3:42\"}");
  }

  @Test
  void hostileIds_inTexts_areEscapedAndNeverTemplates() {
    String payload =
        payload(
            catalogue.route(
                Records.of(
                    "order.updated",
                    "{\"orderId\":\"{status}\\\"\\u0007$1\",\"buyerId\":2,\"status\":\"{*}\\\\\"}")));

    assertThat(payload)
        .contains("\"message\":\"Order {status}\\\"\\u0007$1 is now {*}\\\\\",\"severity\"");
  }

  @Test
  void redelivery_spliced_isByteIdentical() {
    Incoming record = Records.of("order.created", "{\"orderId\":1,\"buyerId\":2}");

    assertThat(Records.bytes(Records.delivered(catalogue.route(record)).deliveries().getFirst()))
        .isEqualTo(
            Records.bytes(
                Records.delivered(EventCatalogue.standard().route(record))
                    .deliveries()
                    .getFirst()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomObjects_spliced_keepTheirBytes(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      String extra = RandomJson.members(random, 4);
      String open = "{\"orderId\":1," + extra + "\"buyerId\":2";

      assertThat(created(open + "}")).as("seed %d run %d", seed, i).isEqualTo(open + "," + OURS);
    }
  }
}
