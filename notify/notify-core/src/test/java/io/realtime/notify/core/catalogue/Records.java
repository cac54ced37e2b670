package io.realtime.notify.core.catalogue;

import io.realtime.notify.core.catalogue.Incoming.Headers;
import io.realtime.notify.core.catalogue.RoutedEvent.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Records and what became of them, as text. */
final class Records {
  static final Instant STAMP = Instant.parse("2026-11-24T10:00:00.500Z");

  private Records() {}

  static Incoming of(String topic, String json) {
    return of(topic, json.getBytes(StandardCharsets.UTF_8));
  }

  static Incoming of(String topic, byte[] value) {
    return new Incoming(topic, 3, 42, 0, STAMP, value, Headers.none());
  }

  static Incoming ingress(String json, Map<String, String> headers) {
    return new Incoming(
        TopicRules.INGRESS,
        0,
        7,
        0,
        STAMP,
        json.getBytes(StandardCharsets.UTF_8),
        name ->
            Optional.ofNullable(headers.get(name)).map(s -> s.getBytes(StandardCharsets.UTF_8)));
  }

  static RoutedEvent delivered(Verdict verdict) {
    return ((Verdict.Deliver) verdict).event();
  }

  static String payload(Verdict verdict) {
    return new String(bytes(delivered(verdict).deliveries().getFirst()), StandardCharsets.UTF_8);
  }

  static byte[] bytes(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Personal personal -> personal.payload();
      case Delivery.State state -> state.payload();
      case Delivery.Feed feed -> feed.payload();
    };
  }

  /** Such as {@code user u1 order:created}. */
  static String describe(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Personal personal -> "user " + personal.userId() + ' ' + personal.event();
      case Delivery.State state -> "product " + state.productId() + ' ' + state.event();
      case Delivery.Feed feed -> "admin " + feed.event();
    };
  }
}
