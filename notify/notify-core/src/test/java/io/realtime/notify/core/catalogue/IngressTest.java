package io.realtime.notify.core.catalogue;

import static io.realtime.notify.core.catalogue.Records.delivered;
import static io.realtime.notify.core.catalogue.Records.ingress;
import static io.realtime.notify.core.catalogue.Records.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.catalogue.Verdict.ErrorCode;
import io.realtime.notify.core.catalogue.Verdict.Reject;
import io.realtime.notify.core.catalogue.Verdict.Stage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngressTest {
  private static final String ORDER = "{\"orderId\":1,\"buyerId\":2,\"status\":\"PAID\"}";

  private final EventCatalogue catalogue = EventCatalogue.standard();

  private static Map<String, String> headers(String type) {
    return Map.of(IngressHeaders.TYPE, type, IngressHeaders.EVENT_ID, "rest:abc");
  }

  @Test
  void restOrder_routed_isLikeTheTopicsButWithItsOwnEventId() {
    RoutedEvent event = delivered(catalogue.route(ingress(ORDER, headers("order.updated"))));

    assertThat(event.eventId()).isEqualTo("rest:abc");
    assertThat(event.type()).isEqualTo("order.updated");
    assertThat(event.deliveries().stream().map(Records::describe))
        .containsExactly("user 2 order:updated", "admin admin:order:updated");
  }

  @Test
  void broadcast_routed_goesToAdminsWithItsData() {
    Verdict verdict =
        catalogue.route(
            ingress(
                "{\"data\" : { } , \"event\":\"admin:maintenance\"}",
                headers(IngressHeaders.ADMIN_BROADCAST)));

    assertThat(delivered(verdict).deliveries().stream().map(Records::describe))
        .containsExactly("admin admin:maintenance");
    assertThat(payload(verdict))
        .isEqualTo(
            "{ \"eventId\":\"rest:abc\",\"timestamp\":\"2026-11-24T10:00:00.500Z\","
                + "\"message\":\"admin:maintenance\"}");
  }

  @Test
  void broadcastData_routed_keepsItsBytes() {
    assertThat(
            payload(
                catalogue.route(
                    ingress(
                        "{\"event\":\"admin:x\",\"data\":{\"eventId\":1,\"message\":\"m\",\"n\":1.0}}",
                        headers(IngressHeaders.ADMIN_BROADCAST)))))
        .startsWith("{\"sourceEventId\":1,\"message\":\"m\",\"n\":1.0,\"eventId\":\"rest:abc\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"order:created\",\"data\":{}}",
        "{\"event\":\"admin:\",\"data\":{}}",
        "{\"event\":\"admin:a b\",\"data\":{}}",
        "{\"event\":7,\"data\":{}}",
        "{\"event\":\"admin:x\",\"data\":[]}",
        "{\"event\":\"admin:x\",\"data\":\"text\"}",
      })
  void broadcastOfAnythingElse_routed_isRejected(String json) {
    assertThat(
            ((Reject) catalogue.route(ingress(json, headers(IngressHeaders.ADMIN_BROADCAST))))
                .code())
        .isEqualTo(ErrorCode.INVALID_FIELD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "order", "payment.done", "realtime.ingress", "order.a b", "ORDER.created"})
  void unknownType_routed_isARouteFault(String type) {
    assertThat((Reject) catalogue.route(ingress(ORDER, headers(type))))
        .extracting(Reject::stage, Reject::code)
        .containsExactly(Stage.ROUTE, ErrorCode.UNKNOWN_EVENT);
  }

  @Test
  void missingHeaders_routed_isARouteFault() {
    assertThat(((Reject) catalogue.route(ingress(ORDER, Map.of()))).code())
        .isEqualTo(ErrorCode.UNKNOWN_EVENT);
  }

  @Test
  void missingEventId_routed_isThePosition() {
    Verdict verdict = catalogue.route(ingress(ORDER, Map.of(IngressHeaders.TYPE, "order.updated")));

    assertThat(delivered(verdict).eventId()).isEqualTo("realtime.ingress:0:7");
  }

  @Test
  void hostileEventId_routed_isRejected() {
    Map<String, String> hostile =
        Map.of(IngressHeaders.TYPE, "order.updated", IngressHeaders.EVENT_ID, "a\nb");

    assertThat(((Reject) catalogue.route(ingress(ORDER, hostile))).message())
        .startsWith(IngressHeaders.EVENT_ID + ": malformed");
  }

  @Test
  void onceKey_ofIngress_isEventIdAndReplayNumber() {
    assertThat(catalogue.onceKey(ingress(ORDER, headers("order.updated")))).contains("rest:abc#0");
    assertThat(
            catalogue.onceKey(
                ingress(
                    ORDER,
                    Map.of(IngressHeaders.EVENT_ID, "rest:abc", IngressHeaders.REPLAY, "2"))))
        .contains("rest:abc#2");
    assertThat(catalogue.onceKey(Records.of("order.created", ORDER))).isEmpty();
  }
}
