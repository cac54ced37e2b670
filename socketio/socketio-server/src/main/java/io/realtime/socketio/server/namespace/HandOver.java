package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.loop.HomeLoop;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way of one socket's packets to its home loop, from other threads or from a moment of the loop
 * that they must wait for, in each caller's order. Any thread.
 */
final class HandOver {
  private final HomeLoop home;
  private final int max;
  private final Runnable onOverflow;

  /** Handed over, and not yet seen by the loop. */
  private final AtomicInteger inTransit = new AtomicInteger();

  /**
   * @param max that may be on their way at a time
   * @param onOverflow runs on the calling thread for each one past that
   */
  HandOver(HomeLoop home, int max, Runnable onOverflow) {
    this.home = home;
    this.max = max;
    this.onOverflow = onOverflow;
  }

  /** As a step of the loop; false when {@code sending} will never run. */
  boolean run(Runnable sending) {
    if (home.runsAtOnce()) {
      home.step(sending);
      return true;
    }
    if (!admit()) {
      return false;
    }
    home.step(
        () -> {
          arrived();
          sending.run();
        });
    return true;
  }

  /**
   * Room for one that goes to the loop by another way; false when there is none. {@link #arrived}
   * follows on the loop.
   */
  boolean admit() {
    if (inTransit.incrementAndGet() > max) {
      onOverflow.run();
      return false;
    }
    return true;
  }

  void arrived() {
    inTransit.decrementAndGet();
  }
}
