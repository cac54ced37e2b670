package io.realtime.notify.core.alerts;

import io.realtime.notify.core.catalogue.ClientEvents;
import io.realtime.notify.core.catalogue.Rooms;
import io.realtime.notify.core.catalogue.RoutedEvent.StockLevel;
import io.realtime.notify.core.delivery.StateObserver;
import io.realtime.socketio.server.api.Namespace;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells administrators when a product's stock crosses the threshold or reaches zero. "Before" is
 * the last value seen here, else what the source says, else "not below".
 */
public final class StockAlerts implements StateObserver {
  /**
   * Products whose last value is kept. Past it the one that was quiet longest is forgotten, and its
   * next record counts by its own {@code previousStock}.
   */
  public static final int DEFAULT_MAX_PRODUCTS = 100_000;

  private final Namespace namespace;
  private final BigDecimal threshold;
  private final InstantSource clock;
  private final Map<String, BigDecimal> lastValues;

  public StockAlerts(Namespace namespace, BigDecimal threshold, InstantSource clock) {
    this(namespace, threshold, clock, DEFAULT_MAX_PRODUCTS);
  }

  StockAlerts(Namespace namespace, BigDecimal threshold, InstantSource clock, int maxProducts) {
    this.namespace = namespace;
    this.threshold = threshold;
    this.clock = clock;
    this.lastValues = new LastValues(maxProducts);
  }

  @Override
  public void onStock(String productId, StockLevel level) {
    Optional<BigDecimal> before;
    synchronized (lastValues) {
      before = Optional.ofNullable(lastValues.put(productId, level.stock())).or(level::previous);
    }
    BigDecimal stock = level.stock();
    if (stock.signum() == 0) {
      if (before.filter(value -> value.signum() == 0).isEmpty()) {
        alert(
            "OUT_OF_STOCK",
            "critical",
            "Product " + productId + " is out of stock",
            productId,
            level);
      }
    } else if (below(stock) && before.filter(this::below).isEmpty()) {
      alert(
          "LOW_STOCK",
          "warning",
          "Stock of product " + productId + " is low: " + stock.toPlainString(),
          productId,
          level);
    }
  }

  private boolean below(BigDecimal value) {
    return value.compareTo(threshold) < 0;
  }

  private void alert(
      String type, String severity, String message, String productId, StockLevel level) {
    Map<String, @Nullable Object> alert = new LinkedHashMap<>();
    alert.put("type", type);
    alert.put("severity", severity);
    alert.put("message", message);
    alert.put("productId", productId);
    alert.put("stock", level.stock());
    alert.put("threshold", threshold);
    alert.put("timestamp", clock.instant().toString());
    namespace.to(Rooms.ADMIN).emit(ClientEvents.ALERT, alert);
  }

  /** Forgets the product that was updated longest ago. */
  private static final class LastValues extends LinkedHashMap<String, BigDecimal> {
    private static final long serialVersionUID = 1L;

    private final int max;

    LastValues(int max) {
      super(16, 0.75f, true);
      this.max = max;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, BigDecimal> eldest) {
      return size() > max;
    }
  }
}
