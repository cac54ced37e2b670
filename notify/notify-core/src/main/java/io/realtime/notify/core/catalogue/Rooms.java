package io.realtime.notify.core.catalogue;

/** The names of the rooms in which audiences gather. A client never names a room itself. */
public final class Rooms {
  /** Administrators. */
  public static final String ADMIN = "admin:dashboard";

  /** Everyone who wants every product. */
  public static final String INVENTORY = "inventory:updates";

  private Rooms() {}

  /** All connections of one user. */
  public static String user(String userId) {
    return "user:" + userId;
  }

  /** Who subscribed to the orders of one user: the user, and observing administrators. */
  public static String orders(String userId) {
    return "orders:" + userId;
  }

  /** Who subscribed to one product. */
  public static String product(String productId) {
    return "inventory:" + productId;
  }
}
