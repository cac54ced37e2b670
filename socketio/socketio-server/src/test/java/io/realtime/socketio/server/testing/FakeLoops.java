package io.realtime.socketio.server.testing;

import io.realtime.socketio.server.transport.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loops that share one thread and one clock. Nothing runs before {@link #run}, which takes one task
 * of each loop in turn until none is left, so every test is one known order of events.
 */
public final class FakeLoops {
  private final List<FakeLoop> loops = new ArrayList<>();
  private @Nullable FakeLoop current;
  private long nowNanos = 5_000_000_000_000L;

  public FakeLoops(int count) {
    for (int i = 0; i < count; i++) {
      loops.add(new FakeLoop(i));
    }
  }

  public List<FakeLoop> all() {
    return loops;
  }

  public FakeLoop loop(int index) {
    return loops.get(index);
  }

  /** Runs {@code task} as a task of loop {@code index}, then everything that follows from it. */
  public void in(int index, Runnable task) {
    loops.get(index).execute(task);
    run();
  }

  /** Runs all tasks that wait, and theirs, in as many turns as they need. */
  public void run() {
    do {
      runTurn();
    } while (nextTurns());
  }

  /** Runs all tasks that wait, and theirs, without what waits for the next turn. */
  public void runTurn() {
    boolean ran = true;
    while (ran) {
      ran = false;
      for (FakeLoop loop : loops) {
        ran |= loop.runOne();
      }
    }
  }

  /** Has each loop serve its transport; whether any has something to do behind that. */
  public boolean nextTurns() {
    boolean more = false;
    for (FakeLoop loop : loops) {
      more |= loop.serveTransport();
    }
    return more;
  }

  /** Lets time pass in steps of a millisecond, with every timer at its instant. */
  public void advance(Duration by) {
    long end = nowNanos + by.toNanos();
    run();
    while (nowNanos < end) {
      nowNanos = Math.min(end, nowNanos + TimeUnit.MILLISECONDS.toNanos(1));
      loops.forEach(FakeLoop::ringTimers);
      run();
    }
  }

  public void advanceMillis(long millis) {
    advance(Duration.ofMillis(millis));
  }

  /** Lets time pass without any timer having its turn, as a stalled loop would see it. */
  public void stall(Duration by) {
    nowNanos += by.toNanos();
  }

  /** One of these loops. */
  public final class FakeLoop implements Loop {
    private final int index;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Runnable> nextTurn = new ArrayList<>();
    private final List<FakeTimer> timers = new ArrayList<>();
    private long turns;

    private FakeLoop(int index) {
      this.index = index;
    }

    @Override
    public int index() {
      return index;
    }

    @Override
    public boolean inLoop() {
      return this.equals(current);
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    /** Runs the tasks of this loop only, as if the others had no turn. */
    public void drain() {
      while (!tasks.isEmpty()) {
        runOne();
      }
    }

    /** Tasks that wait. */
    public int waiting() {
      return tasks.size();
    }

    /** Timers that are set. */
    public int timers() {
      return timers.size();
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
      FakeTimer timer = new FakeTimer(nowNanos + delayNanos, task);
      timers.add(timer);
      return timer;
    }

    @Override
    public void nextTurn(Runnable task) {
      nextTurn.add(task);
    }

    @Override
    public long turns() {
      return turns;
    }

    private boolean serveTransport() {
      turns++;
      tasks.addAll(nextTurn);
      nextTurn.clear();
      return !tasks.isEmpty();
    }

    @Override
    public long nanoTime() {
      return nowNanos;
    }

    private boolean runOne() {
      Runnable task = tasks.poll();
      if (task == null) {
        return false;
      }
      FakeLoop before = current;
      current = this;
      try {
        task.run();
      } finally {
        current = before;
      }
      return true;
    }

    private void ringTimers() {
      for (FakeTimer timer : List.copyOf(timers)) {
        if (timer.atNanos <= nowNanos && timers.remove(timer)) {
          execute(timer.task);
        }
      }
    }

    private final class FakeTimer implements Timer {
      private final long atNanos;
      private final Runnable task;

      private FakeTimer(long atNanos, Runnable task) {
        this.atNanos = atNanos;
        this.task = task;
      }

      @Override
      public void cancel() {
        timers.remove(this);
      }
    }
  }
}
