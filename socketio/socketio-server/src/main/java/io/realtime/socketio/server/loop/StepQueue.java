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
 * loop itself it runs within {@link #proceed}, behind all that waited before it. Only a task that
 * came through the queue cannot run what waits behind it: what it enqueues, and all it asks for
 * after that, runs when it has ended. Any thread.
 */
final class StepQueue {
  /** Items of one turn; the loop's other tasks have their turn between. */
  static final int BATCH = 1_024;

  private static final Logger LOG = LoggerFactory.getLogger(StepQueue.class);

  private final Loop loop;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  /** What a step has asked for; on the loop only. */
  private final Queue<Runnable> behindStep = new ArrayDeque<>(0);

  private final AtomicBoolean woken = new AtomicBoolean();

  // on the loop only
  private boolean inStep;
  private boolean draining;
  private boolean deferring;

  StepQueue(Loop loop) {
    this.loop = loop;
  }

  /** An application's code, told from a step. */
  private record Task(Runnable code) implements Runnable {
    @Override
    public void run() {
      code.run();
    }
  }

  void step(Runnable step) {
    if (!loop.inLoop()) {
      waiting.add(step);
      wake();
    } else if (inStep) {
      behindStep.add(step);
    } else if (deferring) {
      waiting.add(step);
    } else {
      runStep(step);
    }
  }

  void task(Runnable task) {
    if (!loop.inLoop()) {
      waiting.add(new Task(task));
      wake();
    } else if (inStep) {
      behindStep.add(new Task(task));
    } else if (deferring) {
      waiting.add(new Task(task));
    } else {
      task.run();
    }
  }

  void enqueue(Runnable step) {
    waiting.add(step);
  }

  void proceed() {
    if (!loop.inLoop()) {
      wake();
    } else if (inStep) {
      behindStep.add(new Task(this::proceed));
    } else if (!draining) {
      drain(Integer.MAX_VALUE);
    } else {
      deferring = true;
    }
  }

  private void wake() {
    if (woken.compareAndSet(false, true)) {
      loop.execute(this::onWoken);
    }
  }

  private void onWoken() {
    woken.set(false); // before the queue is read: what comes later has a turn of its own
    drain(BATCH);
    if (!waiting.isEmpty()) {
      wake();
    }
  }

  private void drain(int most) {
    draining = true;
    try {
      for (int ran = 0; ran < most; ran++) {
        Runnable next = waiting.poll();
        if (next == null) {
          return;
        }
        runLogged(next);
      }
    } finally {
      draining = false;
    }
  }

  private void runLogged(Runnable next) {
    try {
      if (next instanceof Task) {
        next.run();
      } else {
        runStep(next);
      }
    } catch (RuntimeException | AssertionError failure) {
      LOG.error("work for a loop's sockets failed; what waits behind it goes on", failure);
    } finally {
      deferring = false;
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
      Runnable next = behindStep.poll();
      if (next != null) {
        runLogged(next);
      }
    }
  }
}
