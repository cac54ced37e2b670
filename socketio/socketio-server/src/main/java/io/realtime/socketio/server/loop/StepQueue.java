package io.realtime.socketio.server.loop;

import io.realtime.socketio.server.transport.Loop;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other threads ask of the sockets of one loop, in one order per caller, run in batches.
 *
 * <p>A <em>step</em> (a packet, a join) is the library's own; what it asks for in turn waits until
 * it has ended. A <em>task</em> is the application's code. Both run at once when asked for on the
 * loop. What is {@link #enqueue enqueued} keeps the order of the queue on every loop, so a caller
 * that holds a lock of its own over it makes the order of that lock the order of all loops; on the
 * loop itself it runs within {@link #proceed}, behind the steps that waited before it. Where a task
 * waits before it, or one that came through the queue is still running, it waits too, and with it
 * all that the loop asks for after that: nobody's task runs in the middle of another's. Any thread.
 */
final class StepQueue {
  /** Items of one turn; the loop's other tasks have their turn between. */
  static final int BATCH = 1_024;

  private static final Logger LOG = LoggerFactory.getLogger(StepQueue.class);

  private final Loop loop;
  private final Runnable afterEach;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final Runnable onWoken = this::onWoken;

  /** What a step has asked for; on the loop only. */
  private final Queue<Runnable> behindStep = new ArrayDeque<>(0);

  private final AtomicBoolean woken = new AtomicBoolean();

  // on the loop only
  private boolean inStep;
  private boolean draining;

  /** Whether something of the loop's own waits that it must not overtake. */
  private boolean deferring;

  /** Of the loop's own that was ever queued, and that of it which has run. */
  private long ownQueued;

  private long ownRan;

  /**
   * @param afterEach runs behind each item that came through the queue, before the next
   */
  StepQueue(Loop loop, Runnable afterEach) {
    this.loop = loop;
    this.afterEach = afterEach;
  }

  /** An application's code, told from a step. */
  private record Task(Runnable code) implements Runnable {
    @Override
    public void run() {
      code.run();
    }
  }

  /** What the loop itself has queued. */
  private record Own(Runnable item) implements Runnable {
    @Override
    public void run() {
      item.run();
    }
  }

  /** The second half of what a step has enqueued. */
  private record Proceed(StepQueue queue) implements Runnable {
    @Override
    public void run() {
      queue.proceedAtOnce();
    }
  }

  void step(Runnable step) {
    if (runsAtOnce()) {
      runStep(step);
    } else {
      defer(step);
    }
  }

  void task(Runnable task) {
    if (runsAtOnce()) {
      task.run();
    } else {
      defer(new Task(task));
    }
  }

  /** Whether nothing waits here. */
  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void enqueue(Runnable step) {
    if (loop.inLoop()) {
      queueOwn(step);
    } else {
      waiting.add(step);
    }
  }

  void proceed() {
    if (!loop.inLoop()) {
      wake();
    } else if (behindAStep()) {
      behindStep.add(new Proceed(this));
    } else {
      proceedAtOnce();
    }
  }

  /** Whether this is the loop, and a step or a task would run before the call returns. */
  boolean runsAtOnce() {
    return loop.inLoop() && !behindAStep() && !deferring;
  }

  private void defer(Runnable item) {
    if (!loop.inLoop()) {
      waiting.add(item);
      wake();
    } else if (behindAStep()) {
      behindStep.add(item);
    } else {
      queueOwn(item);
    }
  }

  private boolean behindAStep() {
    return inStep || !behindStep.isEmpty();
  }

  private void queueOwn(Runnable item) {
    ownQueued++;
    waiting.add(new Own(item));
  }

  private boolean ownWaits() {
    return ownRan < ownQueued;
  }

  /** Runs the steps up to the loop's own; from the first task on, all wait for their turn. */
  private void proceedAtOnce() {
    if (!draining) {
      runSteps();
    }
    if (ownWaits() && !deferring) {
      deferring = true;
      wake();
    }
  }

  private void runSteps() {
    draining = true;
    try {
      while (ownWaits() && !nextIsATask()) {
        runLogged(waiting.remove());
      }
    } finally {
      draining = false;
    }
  }

  private boolean nextIsATask() {
    Runnable next = waiting.peek();
    return next instanceof Task || (next instanceof Own own && own.item() instanceof Task);
  }

  private void wake() {
    if (!Batch.defers(this)) {
      wakeNow();
    }
  }

  /** Has the loop look here, unless it is about to. */
  void wakeNow() {
    if (!woken.get() && woken.compareAndSet(false, true)) {
      loop.execute(onWoken);
    }
  }

  private void onWoken() {
    woken.set(false); // before the queue is read: what comes later has a turn of its own
    draining = true;
    try {
      runBatch();
    } finally {
      draining = false;
    }
    if (!waiting.isEmpty()) {
      wakeNow();
    }
  }

  /** And all of the loop's own that waits by now: it cannot gather. */
  private void runBatch() {
    long own = ownQueued;
    for (int ran = 0; ran < BATCH || ownRan < own; ran++) {
      Runnable next = waiting.poll();
      if (next == null) {
        return;
      }
      runLogged(next);
      afterEach.run();
    }
  }

  private void runLogged(Runnable next) {
    try {
      switch (next) {
        case Own(Runnable item) -> {
          ownRan++;
          deferring &= ownWaits();
          runLogged(item);
        }
        case Task task -> task.run();
        case Proceed proceed -> proceed.run();
        default -> runStep(next);
      }
    } catch (Throwable failure) { // an Error (a class that is missing) concerns this one too
      LOG.error("work for a loop's sockets failed; what waits behind it goes on", failure);
    }
  }

  /**
   * And then what it has asked for, but nothing of what others wait for: the caller may be in the
   * middle of something that they must not see half done.
   */
  private void runStep(Runnable step) {
    inStep = true;
    try {
      step.run();
    } finally {
      inStep = false;
      runBehindStep();
    }
  }

  private void runBehindStep() {
    Runnable next = behindStep.poll();
    while (next != null) {
      if (deferring && !(next instanceof Proceed)) {
        queueOwn(next);
      } else {
        runLogged(next);
      }
      next = behindStep.poll();
    }
  }
}
