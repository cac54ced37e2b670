package io.realtime.socketio.server.engine;

/**
 * When the next ping is due and until when its pong must come. Only a pong moves the interval. A
 * ping that was written early, to prove a mark, is the heartbeat of its time. Pure: instants come
 * in as nanoseconds of the loop's clock.
 */
final class Heartbeat {
  private final long intervalNanos;
  private final long timeoutNanos;
  private boolean due;
  private boolean outstanding;

  /** The next ping's instant, or, once that is due or written, the pong's last instant. */
  private long deadline;

  Heartbeat(long intervalNanos, long timeoutNanos, long nowNanos) {
    this.intervalNanos = intervalNanos;
    this.timeoutNanos = timeoutNanos;
    this.deadline = nowNanos + intervalNanos;
  }

  /** When {@link #check} must be called next. */
  long deadline() {
    return deadline;
  }

  /**
   * Looks at the clock: false when the pong did not come in time. The time for the pong runs from
   * the instant at which the ping was due, whether the transport could take it or not.
   */
  boolean check(long nowNanos) {
    if (!due && !outstanding && nowNanos - deadline >= 0) {
      due = true;
      deadline += timeoutNanos;
    }
    return !(due || outstanding) || nowNanos - deadline < 0;
  }

  /** A ping should be written as soon as the transport can take it. */
  boolean isDue() {
    return due && !outstanding;
  }

  boolean isOutstanding() {
    return outstanding;
  }

  void onPingWritten(long nowNanos) {
    outstanding = true;
    if (!due) {
      deadline = nowNanos + timeoutNanos;
    }
  }

  /** False when there was no ping to answer. */
  boolean onPong(long nowNanos) {
    if (!outstanding) {
      return false;
    }
    outstanding = false;
    due = false;
    deadline = nowNanos + intervalNanos;
    return true;
  }
}
