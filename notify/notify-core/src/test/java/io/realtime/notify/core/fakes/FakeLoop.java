package io.realtime.notify.core.fakes;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** A home loop that runs when the test says so. */
public final class FakeLoop implements Executor {
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Whether nothing waits. */
  public boolean idle() {
    return tasks.isEmpty();
  }

  /** Runs the first that waits. */
  public void step() {
    tasks.remove().run();
  }

  /** Runs what was handed in, and what that hands in. */
  public void turn() {
    while (!tasks.isEmpty()) {
      tasks.poll().run();
    }
  }
}
