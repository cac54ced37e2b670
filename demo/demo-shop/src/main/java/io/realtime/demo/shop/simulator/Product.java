package io.realtime.demo.shop.simulator;

import java.util.Locale;

/** Something that is sold. Owned by its {@link Shop}. */
final class Product {
  /** Where a delivery of the supplier fills it up to. */
  private static final int FULL = 24;

  private final String id;
  private final String name;
  private final int cents;
  private int stock;

  Product(String id, String name, int cents, int stock) {
    this.id = id;
    this.name = name;
    this.cents = cents;
    this.stock = stock;
  }

  int stock() {
    return stock;
  }

  String name() {
    return name;
  }

  /** Takes up to {@code quantity} out of stock. */
  ShopEvent sell(int quantity, String at) {
    int before = stock;
    stock = Math.max(0, stock - quantity);
    return moved(before, at);
  }

  ShopEvent restock(String at) {
    int before = stock;
    stock = FULL;
    return moved(before, at);
  }

  /** A line of an order. */
  String item(int quantity) {
    return String.format(
        Locale.ROOT,
        "{\"productId\":\"%s\",\"name\":\"%s\",\"quantity\":%d,\"price\":%d.%02d}",
        id,
        name,
        quantity,
        cents / 100,
        cents % 100);
  }

  int cents(int quantity) {
    return cents * quantity;
  }

  ShopEvent repriced(String at) {
    String json =
        String.format(
            Locale.ROOT,
            "{\"productId\":\"%s\",\"name\":\"%s\",\"price\":%d.%02d,\"updatedAt\":\"%s\"}",
            id,
            name,
            cents / 100,
            cents % 100,
            at);
    return new ShopEvent("product.updated", id, json);
  }

  private ShopEvent moved(int before, String at) {
    String json =
        String.format(
            Locale.ROOT,
            "{\"productId\":\"%s\",\"productName\":\"%s\",\"stock\":%d,\"previousStock\":%d,"
                + "\"updatedAt\":\"%s\"}",
            id,
            name,
            stock,
            before,
            at);
    return new ShopEvent("inventory.updated", id, json);
  }
}
