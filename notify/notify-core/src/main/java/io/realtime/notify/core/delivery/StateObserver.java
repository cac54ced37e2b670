package io.realtime.notify.core.delivery;

import io.realtime.notify.core.catalogue.RoutedEvent.StockLevel;

/** Hears of every stock level that was accepted, in order per product; any thread. */
@FunctionalInterface
public interface StateObserver {

  void onStock(String productId, StockLevel level);
}
