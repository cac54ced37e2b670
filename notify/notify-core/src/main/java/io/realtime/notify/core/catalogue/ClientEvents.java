package io.realtime.notify.core.catalogue;

import java.util.Set;

/** Events between clients and the service that stand for no record (contract sections 2 and 3). */
public final class ClientEvents {
  /** First event of every connection. */
  public static final String CONNECTED = "connection:success";

  public static final String SUBSCRIBE_ORDERS = "subscribe:orders";
  public static final String SUBSCRIBE_INVENTORY = "subscribe:inventory";
  public static final String SUBSCRIBE_ADMIN = "subscribe:admin";
  public static final String UNSUBSCRIBE_ORDERS = "unsubscribe:orders";
  public static final String UNSUBSCRIBE_INVENTORY = "unsubscribe:inventory";
  public static final String UNSUBSCRIBE_ADMIN = "unsubscribe:admin";
  public static final String SUBSCRIBED = "subscribed";
  public static final String UNSUBSCRIBED = "unsubscribed";

  /** An administrator asks for {@link #STATS}. */
  public static final String REQUEST_STATS = "request:stats";

  public static final String STATS = "stats";

  /** The client has these events: {@code {ids: []}}, exact event ids. */
  public static final String INBOX_ACK = "inbox:ack";

  /**
   * Events of this user were removed before they could be delivered: {@code {evicted, since, until,
   * reason}}.
   */
  public static final String INBOX_GAP = "inbox:gap";

  /** The answer to what a client may not do. */
  public static final String ERROR = "error";

  /** To administrators: something that somebody should look at. */
  public static final String ALERT = "admin:alert";

  /** What clients may ask for; any other event of theirs is ignored. */
  public static final Set<String> ASKED =
      Set.of(
          SUBSCRIBE_ORDERS,
          SUBSCRIBE_INVENTORY,
          SUBSCRIBE_ADMIN,
          UNSUBSCRIBE_ORDERS,
          UNSUBSCRIBE_INVENTORY,
          UNSUBSCRIBE_ADMIN,
          REQUEST_STATS,
          INBOX_ACK);

  private ClientEvents() {}
}
