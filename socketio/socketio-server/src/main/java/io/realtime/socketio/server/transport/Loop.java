package io.realtime.socketio.server.transport;

import java.util.concurrent.Executor;

/**
 * One event loop: a single thread that runs tasks in the order in which one caller hands them in.
 */
public interface Loop extends Executor {

  /** 0 to the number of loops - 1. */
  int index();

  boolean inLoop();

  /** From any thread. A task that throws ends neither the loop nor the tasks behind it. */
  @Override
  void execute(Runnable task);

  /**
   * Runs {@code task} on this loop {@code delayNanos} from now, unless cancelled. On this loop
   * only.
   */
  Timer schedule(long delayNanos, Runnable task);

  /**
   * Runs {@code task} once this loop has served its transport: what has been written is on its way
   * and what has come is read, which tasks among themselves may delay for long. On this loop only.
   */
  void nextTurn(Runnable task);

  /** How often this loop has served its transport. On this loop only. */
  long turns();

  /** The loop's clock: nanoseconds from an arbitrary origin, never going back. */
  long nanoTime();

  /** A task that has been scheduled. */
  interface Timer {
    /** On the loop; after it the task does not run. */
    void cancel();
  }
}
