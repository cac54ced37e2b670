package io.realtime.notify.core.catalogue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * An event with everything that is needed to send it.
 *
 * @param eventId the same at every redelivery
 * @param type the row of the event table, such as {@code order.created} or {@code order.*}: a
 *     bounded set, fit for a metric label
 * @param deliveries to whom and as what; order does not matter
 */
public record RoutedEvent(String eventId, String type, List<Delivery> deliveries) {

  /** One audience's copy. {@code payload} is JSON in UTF-8 and is never written to. */
  public sealed interface Delivery {

    /**
     * Durable, at least once, in order per user.
     *
     * @param observers a room whose members, if they are not the user, get a live copy
     */
    record Personal(String userId, String event, byte[] payload, Optional<String> observers)
        implements Delivery {}

    /** Latest value per product. {@code stock} is empty for events that carry none. */
    record State(String productId, String event, byte[] payload, Optional<StockLevel> stock)
        implements Delivery {}

    /** Live to administrators. */
    record Feed(String event, byte[] payload) implements Delivery {}
  }

  /** What the stock alerts need to know. {@code previous} is what the source said, if it did. */
  public record StockLevel(BigDecimal stock, Optional<BigDecimal> previous) {}
}
