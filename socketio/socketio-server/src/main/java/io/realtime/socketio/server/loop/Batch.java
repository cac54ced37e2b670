package io.realtime.socketio.server.loop;

import java.util.ArrayList;
import java.util.List;

/**
 * What one thread asks of the loops in one go: each loop is woken once for many steps, not once for
 * each, and so finds enough to do to make few system calls. The steps keep their order; what the
 * loops have been handed so far they may do at any time.
 */
public final class Batch {
  /** Steps after which the loops are woken, so that they work while the caller still adds. */
  static final int STEPS = 2_048;

  private static final ScopedValue<Batch> CURRENT = ScopedValue.newInstance();

  private final Thread owner = Thread.currentThread();
  private final List<StepQueue> asleep = new ArrayList<>();
  private int steps;

  private Batch() {}

  /** Runs {@code asking} on this thread; a batch within a batch is part of it. */
  public static void run(Runnable asking) {
    if (CURRENT.isBound() && CURRENT.get().owner.equals(Thread.currentThread())) {
      asking.run();
      return;
    }
    Batch batch = new Batch();
    try {
      ScopedValue.where(CURRENT, batch).run(asking);
    } finally {
      batch.wake();
    }
  }

  /** Whether {@code queue} is woken later, by the batch in which this thread is. */
  static boolean defers(StepQueue queue) {
    if (!CURRENT.isBound()) {
      return false;
    }
    Batch batch = CURRENT.get();
    return batch.owner.equals(Thread.currentThread()) && batch.defer(queue);
  }

  private boolean defer(StepQueue queue) {
    if (!asleep.contains(queue)) {
      asleep.add(queue);
    }
    if (++steps == STEPS) {
      wake();
    }
    return true;
  }

  private void wake() {
    steps = 0;
    asleep.forEach(StepQueue::wakeNow);
    asleep.clear();
  }
}
