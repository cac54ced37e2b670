package io.realtime.notify.core.inbox;

/** Hears of every event that is removed before anyone proved to have it. */
@FunctionalInterface
public interface EvictionLog {

  /**
   * Called after the eviction and its gap are durable, once per user, reason and transaction, by
   * the store's own thread: must return at once and not throw. A crash between the two loses the
   * call, never the gap.
   *
   * @param evicted only what this transaction removed
   */
  void evicted(String userId, Gap evicted);

  /** Nobody listens. */
  static EvictionLog none() {
    return (userId, evicted) -> {};
  }
}
