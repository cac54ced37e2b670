package io.realtime.notify.core.delivery;

import io.realtime.notify.core.catalogue.RoutedEvent.StockLevel;

/** Sees every new stock level, once per record, after it was stored. Any thread; must not block. */
@FunctionalInterface
public interface StateObserver {

  void onStock(String productId, StockLevel level);
}
