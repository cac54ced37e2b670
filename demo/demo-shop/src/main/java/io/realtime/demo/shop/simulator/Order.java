package io.realtime.demo.shop.simulator;

import java.util.Locale;
import java.util.Optional;

/**
 * An order on its way.
 *
 * @param status the last one that was announced
 */
record Order(String id, String buyer, String item, int cents, String status) {

  ShopEvent placed(String at) {
    return event("order.created", "", at);
  }

  /** The next step of a good order; empty when it has arrived. */
  Optional<Order> advanced() {
    return switch (status) {
      case "pending" -> Optional.of(with("paid"));
      case "paid" -> Optional.of(with("shipped"));
      case "shipped" -> Optional.of(with("delivered"));
      default -> Optional.empty();
    };
  }

  /** Nothing that has left the house can be cancelled. */
  boolean cancellable() {
    return status.equals("pending") || status.equals("paid");
  }

  Order with(String next) {
    return new Order(id, buyer, item, cents, next);
  }

  ShopEvent updated(String previous, String at) {
    return event("order.updated", ",\"previousStatus\":\"" + previous + "\"", at);
  }

  ShopEvent cancelled(String at) {
    return event("order.cancelled", ",\"reason\":\"changed their mind\"", at);
  }

  private ShopEvent event(String topic, String more, String at) {
    String json =
        String.format(
            Locale.ROOT,
            "{\"orderId\":\"%s\",\"buyerId\":\"%s\",\"status\":\"%s\"%s,\"total\":%d.%02d,"
                + "\"currency\":\"EUR\",\"items\":[%s],\"updatedAt\":\"%s\"}",
            id,
            buyer,
            status,
            more,
            cents / 100,
            cents % 100,
            item,
            at);
    return new ShopEvent(topic, buyer, json);
  }
}
