package io.realtime.notify.core.catalogue;

/** Headers of records on {@code realtime.ingress}; their values are UTF-8 text. */
public final class IngressHeaders {
  /** The topic that the record stands for, such as {@code order.updated}. */
  public static final String TYPE = "realtime-type";

  /** The event id, made before producing. */
  public static final String EVENT_ID = "realtime-event-id";

  /** How often a dead letter was replayed; absent otherwise. */
  public static final String REPLAY = "realtime-replay";

  /**
   * The type of a REST admin broadcast; its value is {@code {"event": "admin:...", "data": {...}}}.
   */
  public static final String ADMIN_BROADCAST = "admin.broadcast";

  private IngressHeaders() {}
}
