package io.realtime.socketio.server.engine;

/**
 * When the next ping is due and until when its pong must come. Only a pong moves the interval. A
 * ping that was written early, to prove a mark, is the heartbeat of its time. Pure: instants come
 * in as nanoseconds of the loop's clock.
 *
 * <p>A quarter of the timeout tells a late loop from one that stood still (a paused machine, a
 * debugger, no processor time). What it slept through is not held against the client: a ping that
 * it could not send leaves the client three quarters of the timeout, and a pong that it could not
 * read has another quarter, once.
 */
final class Heartbeat {
  private final long intervalNanos;
  private final long timeoutNanos;
  private final long stallNanos;
  private boolean due;
  private boolean outstanding;
  private boolean extended;

  /** The next ping's instant, or, once that is due or written, the pong's last instant. */
  private long deadline;

  Heartbeat(long intervalNanos, long timeoutNanos, long nowNanos) {
    this.intervalNanos = intervalNanos;
    this.timeoutNanos = timeoutNanos;
    this.stallNanos = timeoutNanos / 4;
    this.deadline = nowNanos + intervalNanos;
  }

  /** When {@link #check} must be called next. */
  long deadline() {
    return deadline;
  }

  /**
   * Looks at the clock: false when the pong did not come in time. The time for the pong runs from
   * the instant at which the ping was due, whether the transport could take it or not, unless the
   * loop stood still.
   */
  boolean check(long nowNanos) {
    if (!due && !outstanding && nowNanos - deadline >= 0) {
      due = true;
      long late = nowNanos - deadline;
      deadline += timeoutNanos + Math.max(0, late - stallNanos);
    }
    if (!(due || outstanding) || nowNanos - deadline < 0) {
      return true;
    }
    if (extended || nowNanos - deadline < stallNanos) {
      return false;
    }
    extended = true;
    deadline = nowNanos + stallNanos;
    return true;
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
    extended = false;
    deadline = nowNanos + intervalNanos;
    return true;
  }
}
