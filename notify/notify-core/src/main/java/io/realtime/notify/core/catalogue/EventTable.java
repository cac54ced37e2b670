package io.realtime.notify.core.catalogue;

import io.realtime.notify.core.catalogue.EventRow.Required;
import io.realtime.notify.core.catalogue.EventRow.Required.Rule;
import io.realtime.notify.core.catalogue.EventRow.Subject;
import io.realtime.notify.core.catalogue.EventRow.Wording;
import java.util.List;
import java.util.Optional;

/** The event table of contract section 3, as data. The first row that matches counts. */
final class EventTable {
  static final List<EventRow> ROWS =
      List.of(
          order(
              "order.created",
              "created",
              List.of(),
              new Wording("success", "Order placed", "Order {orderId} has been placed")),
          order(
              "order.updated",
              "updated",
              List.of(new Required("status", Rule.ID)),
              new Wording("info", "Order updated", "Order {orderId} is now {status}")),
          order(
              "order.cancelled",
              "cancelled",
              List.of(),
              new Wording("warning", "Order cancelled", "Order {orderId} has been cancelled")),
          order(
              "order.*",
              "*",
              List.of(),
              new Wording("info", "Order update", "Order {orderId}: {*}")),
          new EventRow(
              "inventory.updated",
              Subject.STOCK,
              List.of(new Required("stock", Rule.AMOUNT)),
              Optional.empty(),
              Optional.of("inventory:updated"),
              Optional.of("admin:inventory:updated"),
              new Wording("info", "Stock updated", "Stock of product {productId} is now {stock}")),
          product("created", new Wording("info", "New product", "Product {productId} is new")),
          product(
              "updated",
              new Wording("info", "Product updated", "Product {productId} has been updated")),
          new EventRow(
              "notification.*",
              Subject.USER,
              List.of(new Required("message", Rule.TEXT)),
              Optional.of("notification"),
              Optional.empty(),
              Optional.empty(),
              new Wording("info", "Notification", "")));

  private EventTable() {}

  private static EventRow order(
      String type, String verb, List<Required> required, Wording wording) {
    return new EventRow(
        type,
        Subject.ORDER,
        required,
        Optional.of("order:" + verb),
        Optional.empty(),
        Optional.of("admin:order:" + verb),
        wording);
  }

  private static EventRow product(String verb, Wording wording) {
    return new EventRow(
        "product." + verb,
        Subject.PRODUCT,
        List.of(),
        Optional.empty(),
        Optional.of("product:" + verb),
        Optional.of("admin:product:" + verb),
        wording);
  }
}
