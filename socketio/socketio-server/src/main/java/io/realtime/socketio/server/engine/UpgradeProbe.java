package io.realtime.socketio.server.engine;

/**
 * A WebSocket that wants to take over from polling, until the client's {@code 5} or its deadline.
 * Once it has probed, a waiting GET is answered with a noop every {@link #NOOP_NANOS}, so that the
 * client's polling comes to rest.
 */
final class UpgradeProbe {
  static final long NOOP_NANOS = 100_000_000;

  private final EngineWebSocket candidate;
  private final long endsAt;
  private boolean probed;
  private long noopAt;

  UpgradeProbe(EngineWebSocket candidate, long endsAt) {
    this.candidate = candidate;
    this.endsAt = endsAt;
  }

  EngineWebSocket candidate() {
    return candidate;
  }

  void onProbe(long nowNanos) {
    probed = true;
    noopAt = nowNanos + NOOP_NANOS;
  }

  /** When {@link #expired} or {@link #noopDue} may next be true. */
  long deadline() {
    return probed && noopAt - endsAt < 0 ? noopAt : endsAt;
  }

  boolean expired(long nowNanos) {
    return nowNanos - endsAt >= 0;
  }

  /** True once for every interval that has passed. */
  boolean noopDue(long nowNanos) {
    if (!probed || nowNanos - noopAt < 0) {
      return false;
    }
    noopAt = nowNanos + NOOP_NANOS;
    return true;
  }
}
