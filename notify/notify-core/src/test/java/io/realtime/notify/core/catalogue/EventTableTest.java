package io.realtime.notify.core.catalogue;

import static io.realtime.notify.core.catalogue.Records.delivered;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.catalogue.RoutedEvent.Delivery;
import io.realtime.notify.core.catalogue.RoutedEvent.StockLevel;
import io.realtime.notify.core.catalogue.Verdict.ErrorCode;
import io.realtime.notify.core.catalogue.Verdict.Reject;
import io.realtime.notify.core.catalogue.Verdict.Skip;
import io.realtime.notify.core.catalogue.Verdict.SkipReason;
import io.realtime.notify.core.catalogue.Verdict.Stage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of contract section 3: who gets what, and what a row asks for. */
class EventTableTest {
  private final EventCatalogue catalogue = EventCatalogue.standard();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "order.created|{\"orderId\":\"o1\",\"buyerId\":\"u1\"}|order.created|user u1 order:created;admin admin:order:created",
        "order.created|{\"orderId\":7,\"userId\":12}|order.created|user 12 order:created;admin admin:order:created",
        "order.updated|{\"orderId\":\"o1\",\"buyerId\":\"u1\",\"status\":\"SHIPPED\"}|order.updated|user u1 order:updated;admin admin:order:updated",
        "order.cancelled|{\"orderId\":\"o1\",\"buyerId\":\"u1\"}|order.cancelled|user u1 order:cancelled;admin admin:order:cancelled",
        "order.refund_due-2|{\"orderId\":\"o1\",\"buyerId\":\"u1\"}|order.*|user u1 order:refund_due-2;admin admin:order:refund_due-2",
        "inventory.updated|{\"productId\":\"p1\",\"stock\":0}|inventory.updated|product p1 inventory:updated;admin admin:inventory:updated",
        "product.created|{\"productId\":\"p1\"}|product.created|product p1 product:created;admin admin:product:created",
        "product.updated|{\"product\":{\"name\":\"x\",\"id\":9}}|product.updated|product 9 product:updated;admin admin:product:updated",
        "notification.promo|{\"userId\":\"u1\",\"message\":\"hi\"}|notification.*|user u1 notification",
      })
  void record_ofRow_reachesItsAudiences(String topic, String json, String type, String deliveries) {
    RoutedEvent event = delivered(catalogue.route(Records.of(topic, json)));

    assertThat(event.type()).isEqualTo(type).isIn(EventCatalogue.types());
    assertThat(event.eventId()).isEqualTo(topic + ":3:42");
    assertThat(event.deliveries().stream().map(Records::describe))
        .containsExactly(deliveries.split(";"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "order.created|{\"buyerId\":\"u1\"}|MISSING_FIELD|orderId",
        "order.created|{\"orderId\":\"o1\"}|MISSING_FIELD|buyerId or userId",
        "order.created|{\"orderId\":null,\"buyerId\":\"u1\"}|MISSING_FIELD|orderId",
        "order.updated|{\"orderId\":\"o1\",\"buyerId\":\"u1\"}|MISSING_FIELD|status",
        "order.cancelled|{\"orderId\":\"o1\",\"buyerId\":{\"id\":1}}|INVALID_FIELD|buyerId",
        "order.cancelled|{\"orderId\":[1],\"buyerId\":\"u1\"}|INVALID_FIELD|orderId",
        "order.cancelled|{\"orderId\":true,\"buyerId\":\"u1\"}|INVALID_FIELD|orderId",
        "order.cancelled|{\"orderId\":1.5,\"buyerId\":\"u1\"}|INVALID_FIELD|orderId",
        "order.cancelled|{\"orderId\":\"\",\"buyerId\":\"u1\"}|INVALID_FIELD|orderId",
        "order.cancelled|{\"orderId\":\"  \",\"buyerId\":\"u1\"}|INVALID_FIELD|orderId",
        "order.other|{\"orderId\":\"o1\",\"buyerId\":\"\\ud800\"}|INVALID_FIELD|buyerId",
        "order.other|{\"orderId\":\"o1\",\"buyerId\":false,\"userId\":\"u1\"}|INVALID_FIELD|buyerId",
        "inventory.updated|{\"stock\":1}|MISSING_FIELD|productId",
        "inventory.updated|{\"productId\":\"p\"}|MISSING_FIELD|stock",
        "inventory.updated|{\"productId\":\"p\",\"stock\":-1}|INVALID_FIELD|stock",
        "inventory.updated|{\"productId\":\"p\",\"stock\":-0.001}|INVALID_FIELD|stock",
        "inventory.updated|{\"productId\":\"p\",\"stock\":\"5\"}|INVALID_FIELD|stock",
        "inventory.updated|{\"productId\":\"p\",\"stock\":1e301}|INVALID_FIELD|stock",
        "inventory.updated|{\"productId\":\"p\",\"stock\":1e-301}|INVALID_FIELD|stock",
        "inventory.updated|{\"productId\":\"p\",\"stock\":1e99999999999}|INVALID_FIELD|stock",
        "product.created|{\"product\":{}}|MISSING_FIELD|productId or product.id",
        "product.created|{\"product\":{\"id\":{}}}|INVALID_FIELD|product.id",
        "notification.x|{\"message\":\"m\"}|MISSING_FIELD|userId",
        "notification.x|{\"userId\":\"u\"}|MISSING_FIELD|message",
        "notification.x|{\"userId\":\"u\",\"message\":7}|INVALID_FIELD|message",
        "notification.x|{\"userId\":\"u\",\"message\":\" \"}|INVALID_FIELD|message",
      })
  void record_withoutWhatItsRowAsksFor_isRejectedNamingTheField(
      String topic, String json, ErrorCode code, String field) {
    Reject reject = (Reject) catalogue.route(Records.of(topic, json));

    assertThat(reject.stage()).isEqualTo(Stage.VALIDATE);
    assertThat(reject.code()).isEqualTo(code);
    assertThat(reject.message()).startsWith(field + ": ").hasSizeLessThan(512);
  }

  @Test
  void orderWithBoth_routed_buyerIdWins() {
    RoutedEvent event =
        delivered(
            catalogue.route(
                Records.of(
                    "order.created", "{\"userId\":\"seller\",\"orderId\":1,\"buyerId\":\"b\"}")));

    assertThat(((Delivery.Personal) event.deliveries().getFirst()))
        .extracting(Delivery.Personal::userId, Delivery.Personal::observers)
        .containsExactly("b", Optional.of("orders:b"));
  }

  @Test
  void notification_routed_hasNoObservers() {
    RoutedEvent event =
        delivered(
            catalogue.route(Records.of("notification.a", "{\"userId\":1,\"message\":\"m\"}")));

    assertThat(((Delivery.Personal) event.deliveries().getFirst()).observers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 256})
  void id_atLimit_isRouted(int length) {
    String id = "x".repeat(length);

    assertThat(catalogue.route(order(id))).isInstanceOf(Verdict.Deliver.class);
  }

  @Test
  void id_pastLimit_isRejected() {
    assertThat(catalogue.route(order("x".repeat(257))))
        .isEqualTo(
            new Reject(
                Stage.VALIDATE,
                ErrorCode.INVALID_FIELD,
                "buyerId: 257 characters (expected: a string of 1 to 256 characters or an integer)"));
  }

  private static Incoming order(String buyerId) {
    return Records.of("order.created", "{\"orderId\":1,\"buyerId\":\"" + buyerId + "\"}");
  }

  @ParameterizedTest
  @CsvSource({"-0,0", "-17,-17", "123456789012345678901234567890,123456789012345678901234567890"})
  void integerId_routed_byItsDecimalText(String json, String userId) {
    RoutedEvent event =
        delivered(
            catalogue.route(
                Records.of("order.created", "{\"orderId\":1,\"buyerId\":" + json + "}")));

    assertThat(Records.describe(event.deliveries().getFirst()))
        .isEqualTo("user " + userId + " order:created");
  }

  @Test
  void stock_routed_carriesLevelAndWhatWasBefore() {
    RoutedEvent event =
        delivered(
            catalogue.route(
                Records.of(
                    "inventory.updated", "{\"productId\":1,\"previousStock\":12,\"stock\":3.50}")));

    assertThat(((Delivery.State) event.deliveries().getFirst()).stock())
        .contains(new StockLevel(new BigDecimal("3.50"), Optional.of(new BigDecimal("12"))));
  }

  @Test
  void previousStockOfAnotherKind_routed_isIgnored() {
    RoutedEvent event =
        delivered(
            catalogue.route(
                Records.of(
                    "inventory.updated", "{\"productId\":1,\"previousStock\":\"x\",\"stock\":3}")));

    assertThat(((Delivery.State) event.deliveries().getFirst()).stock())
        .contains(new StockLevel(new BigDecimal("3"), Optional.empty()));
  }

  @Test
  void tombstone_routed_isSkipped() {
    Incoming tombstone =
        new Incoming("order.created", 0, 0, 0, Records.STAMP, null, Incoming.Headers.none());

    assertThat(catalogue.route(tombstone)).isEqualTo(new Skip(SkipReason.TOMBSTONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"inventory.reserved", "product.deleted", "order.", "payment.done"})
  void topicWithoutRow_routed_isSkipped(String topic) {
    assertThat(catalogue.route(Records.of(topic, "{}")))
        .isEqualTo(new Skip(SkipReason.UNKNOWN_TOPIC));
  }

  @Test
  void offsetsThatStartedOver_routed_showInTheEventId() {
    Incoming again =
        new Incoming(
            "order.created",
            1,
            5,
            2,
            Records.STAMP,
            "{\"orderId\":1,\"buyerId\":2}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
            Incoming.Headers.none());

    assertThat(delivered(catalogue.route(again)).eventId()).isEqualTo("order.created:1:5~2");
  }

  @ParameterizedTest
  @CsvSource({
    "order.created,true",
    "notification.flash_sale-2,true",
    "realtime.ingress,true",
    "realtime.dead-letter,false",
    "payment.done,false",
    "order.Created,false",
    "order.created-retry,false",
    "order.created-retry-3,false",
    "order.created-dlt,false",
    "order.created_dlq,false",
    "order.created.DLT,false",
  })
  void topic_underDefaultRules_isReadOrNot(String topic, boolean read) {
    assertThat(TopicRules.defaults().reads(topic)).isEqualTo(read);
  }

  @Test
  void types_listed_areAllRowsAndTheBroadcast() {
    assertThat(EventCatalogue.types())
        .isEqualTo(
            List.of(
                "order.created",
                "order.updated",
                "order.cancelled",
                "order.*",
                "inventory.updated",
                "product.created",
                "product.updated",
                "notification.*",
                "admin.broadcast"));
  }
}
