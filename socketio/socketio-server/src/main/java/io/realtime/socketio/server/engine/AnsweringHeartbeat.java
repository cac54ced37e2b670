package io.realtime.socketio.server.engine;

/**
 * The client pings and we answer, in Engine.IO 3. It lives as long as its next ping comes within
 * interval and timeout together. A client pings again only when it was answered, so of several
 * pings before an answer could be written one answer is enough.
 *
 * <p>A loop that stood still for longer than a quarter of the timeout may have a ping to read: it
 * has that quarter to do so, once.
 */
final class AnsweringHeartbeat implements Heartbeat {
  private final long patienceNanos;
  private final long stallNanos;
  private boolean due;
  private boolean extended;
  private long deadline;

  AnsweringHeartbeat(long intervalNanos, long timeoutNanos, long nowNanos) {
    this.patienceNanos = intervalNanos + timeoutNanos;
    this.stallNanos = timeoutNanos / 4;
    this.deadline = nowNanos + patienceNanos;
  }

  @Override
  public long deadline() {
    return deadline;
  }

  @Override
  public boolean check(long nowNanos) {
    if (nowNanos - deadline < 0) {
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
    return due;
  }

  @Override
  public boolean mayAsk() {
    return false;
  }

  @Override
  public void onWritten(long nowNanos) {
    due = false;
  }

  @Override
  public boolean onBeat(long nowNanos) {
    due = true;
    extended = false;
    deadline = nowNanos + patienceNanos;
    return true;
  }
}
