package io.realtime.socketio.server.loop;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A number for each loop, 0 at first. Each is written by its own loop alone and read by any thread,
 * which finds it as it was a moment ago. They stand apart: two loops that write to one line of the
 * cache would take it from each other with every event.
 */
public final class LoopLongs {
  /** Two lines of the cache, since processors fetch them in pairs. */
  private static final int APART = 128 / Long.BYTES;

  private final AtomicLongArray values;

  public LoopLongs(int loops) {
    this.values = new AtomicLongArray((loops + 1) * APART);
  }

  /** Any thread. */
  public long get(int loop) {
    return values.getAcquire(at(loop));
  }

  /** On loop {@code loop}. */
  public void set(int loop, long value) {
    values.setRelease(at(loop), value);
  }

  /** On loop {@code loop}. */
  public void add(int loop, long amount) {
    int at = at(loop);
    values.setRelease(at, values.getPlain(at) + amount);
  }

  /** Of all loops. Any thread. */
  public long sum() {
    long sum = 0;
    for (int at = APART; at < values.length(); at += APART) {
      sum += values.getAcquire(at);
    }
    return sum;
  }

  private static int at(int loop) {
    return (loop + 1) * APART;
  }
}
