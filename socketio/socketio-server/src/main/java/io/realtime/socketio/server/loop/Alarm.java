package io.realtime.socketio.server.loop;

/** One deadline of one owner. Moving it later costs nothing; on its loop only. */
public final class Alarm {
  /** Not in the heap. */
  static final int OUT = -1;

  private final AlarmClock clock;
  final Runnable action;

  /** Where it stands in the heap, which orders by {@link #key}. */
  int index = OUT;

  /** The instant at which the heap looks at it: never after {@link #due}. */
  long key;

  /** The instant at which it rings. */
  long due;

  Alarm(AlarmClock clock, Runnable action) {
    this.clock = clock;
    this.action = action;
  }

  /** Rings at {@code nanos} of the loop's clock, instead of when it would have. */
  public void setAt(long nanos) {
    clock.set(this, nanos);
  }

  public void cancel() {
    clock.remove(this);
  }

  public boolean isSet() {
    return index != OUT;
  }
}
