package io.realtime.socketio.server.engine;

/**
 * We ping and the client answers: when the next ping is due and until when its pong must come. Only
 * a pong moves the interval. A ping that was written early, to prove a mark, is the heartbeat of
 * its time.
 *
 * <p>A quarter of the timeout tells a late loop from one that stood still (a paused machine, a
 * debugger, no processor time). What it slept through is not held against the client: a ping that
 * it could not send leaves the client three quarters of the timeout, and a pong that it could not
 * read has another quarter, once.
 */
final class AskingHeartbeat implements Heartbeat {
  private final long intervalNanos;
  private final long timeoutNanos;
  private final long stallNanos;
  private boolean due;
  private boolean outstanding;
  private boolean extended;

  /** The next ping's instant, or, once that is due or written, the pong's last instant. */
  private long deadline;

  AskingHeartbeat(long intervalNanos, long timeoutNanos, long nowNanos) {
    this.intervalNanos = intervalNanos;
    this.timeoutNanos = timeoutNanos;
    this.stallNanos = timeoutNanos / 4;
    this.deadline = nowNanos + intervalNanos;
  }

  @Override
  public long deadline() {
    return deadline;
  }

  /**
   * The time for the pong runs from the instant at which the ping was due, whether the transport
   * could take it or not, unless the loop stood still.
   */
  @Override
  public boolean check(long nowNanos) {
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

  @Override
  public boolean isDue() {
    return due && !outstanding;
  }

  @Override
  public boolean mayAsk() {
    return !outstanding;
  }

  @Override
  public void onWritten(long nowNanos) {
    outstanding = true;
    if (!due) {
      deadline = nowNanos + timeoutNanos;
    }
  }

  @Override
  public boolean onBeat(long nowNanos) {
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
