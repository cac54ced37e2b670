package io.realtime.notify.http.rest;

/**
 * How many connections of this node an event would reach now; what {@code connectedNow} says. Any
 * thread.
 */
public interface Audiences {

  /** Connections of a user. */
  int user(String userId);

  /** Connections that are subscribed to a product, by its id or by everything. */
  int product(String productId);

  /** Connected dashboards. */
  int admins();
}
