package io.realtime.demo.shop.simulator;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What happens in the shop: orders are placed in turn by its users, paid, shipped, delivered or
 * cancelled; stock falls below thresholds and to nothing, and is filled up again; users are told
 * things. One call of {@link #next} is one thing that happens.
 */
public final class Shop {
  public static final List<String> USERS =
      List.of("user-1", "user-2", "user-3", "user-4", "user-5");

  /** Topics that the shop writes to. */
  public static final List<String> TOPICS =
      List.of(
          "order.created",
          "order.updated",
          "order.cancelled",
          "inventory.updated",
          "product.created",
          "product.updated",
          "notification.general");

  /** More open orders are first advanced before new ones are placed. */
  static final int MAX_OPEN_ORDERS = 40;

  private static final List<String> OFFERS =
      List.of(
          "Free shipping until midnight",
          "Your wish list is on sale",
          "Thank you: 5 EUR for your next order");

  private final RandomGenerator random;
  private final InstantSource clock;
  private final String orderPrefix;
  private final List<Product> products =
      List.of(
          new Product("product-1", "Desk lamp", 3_990, 14),
          new Product("product-2", "Notebook", 690, 22),
          new Product("product-3", "Backpack", 7_900, 12),
          new Product("product-4", "Headphones", 12_950, 11),
          new Product("product-5", "Water bottle", 1_890, 17),
          new Product("product-6", "Rain jacket", 9_900, 13));
  private final Deque<Order> open = new ArrayDeque<>();
  private int placed;

  /**
   * A shop as it opens.
   *
   * @param orderPrefix makes order ids differ between runs
   */
  public Shop(RandomGenerator random, InstantSource clock, String orderPrefix) {
    this.random = random;
    this.clock = clock;
    this.orderPrefix = orderPrefix;
  }

  /** The next thing that happens: one event, or an order and the stock that it takes. */
  public List<ShopEvent> next() {
    int dice = random.nextInt(100);
    if (open.size() >= MAX_OPEN_ORDERS || (dice >= 35 && dice < 75 && !open.isEmpty())) {
      return List.of(advance());
    }
    if (dice < 75) {
      return place();
    }
    return List.of(
        dice < 88 ? stockMove() : dice < 97 ? notification() : any(products).repriced(now()));
  }

  private List<ShopEvent> place() {
    String buyer = USERS.get(placed % USERS.size());
    Product product = any(products);
    int quantity = 1 + random.nextInt(3);
    placed++;
    Order order =
        new Order(
            orderPrefix + placed,
            buyer,
            product.item(quantity),
            product.cents(quantity),
            "pending");
    open.addLast(order);
    List<ShopEvent> events = new ArrayList<>(List.of(order.placed(now())));
    if (product.stock() > 0) {
      events.add(product.sell(quantity, now()));
    }
    return events;
  }

  private ShopEvent advance() {
    Order order = open.removeFirst();
    if (order.cancellable() && random.nextInt(8) == 0) {
      return order.with("cancelled").cancelled(now());
    }
    Optional<Order> advanced = order.advanced();
    advanced.filter(next -> next.advanced().isPresent()).ifPresent(open::addLast);
    return advanced.orElse(order).updated(order.status(), now());
  }

  private ShopEvent stockMove() {
    Optional<Product> empty = products.stream().filter(product -> product.stock() == 0).findAny();
    if (empty.isPresent()) {
      return empty.get().restock(now());
    }
    return any(products).sell(4 + random.nextInt(6), now());
  }

  private ShopEvent notification() {
    String user = any(USERS);
    String json =
        "{\"userId\":\"" + user + "\",\"title\":\"The shop\",\"message\":\"" + any(OFFERS) + "\"}";
    return new ShopEvent("notification.general", user, json);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String now() {
    return clock.instant().toString();
  }
}
