package io.realtime.verification.load;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks event loops for a turn every few milliseconds and measures how long each takes to answer.
 *
 * <p>A machine that is short of processors, or a collection of garbage, delays an answer as much as
 * a loop that is busy. What a loop itself is to blame for is told apart by what its thread did
 * between the question and the answer: the processor time that it used and the time that it was
 * blocked or waited inside the JVM (waiting for events in the kernel is neither). That sum is the
 * loop's own stall; the whole delay is reported beside it, with that of a thread that does nothing.
 */
final class LoopProbe implements AutoCloseable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<Long> threadIds = new ArrayList<>();
  private final List<Thread> probes = new ArrayList<>();
  private volatile boolean ended;
  private volatile long bystanderNanos;
  private final long[] ownNanos;
  private final long[] wholeNanos;

  LoopProbe(List<Executor> loops) {
    THREADS.setThreadContentionMonitoringEnabled(true);
    ownNanos = new long[loops.size()];
    wholeNanos = new long[loops.size()];
    for (int i = 0; i < loops.size(); i++) {
      Executor loop = loops.get(i);
      int index = i;
      threadIds.add(
          CompletableFuture.supplyAsync(() -> Thread.currentThread().threadId(), loop).join());
      probes.add(Thread.ofPlatform().daemon().start(() -> probe(loop, index)));
    }
    probes.add(Thread.ofPlatform().daemon().start(this::standBy));
  }

  private void probe(Executor loop, int index) {
    long id = threadIds.get(index);
    while (!ended) {
      long before = busyNanos(id);
      long asked = System.nanoTime();
      CompletableFuture.runAsync(() -> {}, loop).join();
      wholeNanos[index] = Math.max(wholeNanos[index], System.nanoTime() - asked);
      ownNanos[index] = Math.max(ownNanos[index], busyNanos(id) - before);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** What the machine does to a thread that only wants to wake up. */
  private void standBy() {
    while (!ended) {
      long slept = System.nanoTime();
      LockSupport.parkNanos(PAUSE_NANOS);
      bystanderNanos = Math.max(bystanderNanos, System.nanoTime() - slept - PAUSE_NANOS);
    }
  }

  private static long busyNanos(long id) {
    ThreadInfo thread = THREADS.getThreadInfo(id);
    if (thread == null) {
      throw new IllegalStateException("an event loop has ended");
    }
    return THREADS.getThreadCpuTime(id)
        + TimeUnit.MILLISECONDS.toNanos(
            Math.max(0, thread.getBlockedTime()) + Math.max(0, thread.getWaitedTime()));
  }

  /** The longest of each so far, in milliseconds. */
  String report() {
    return "own-ms=%d whole-ms=%d bystander-ms=%d"
        .formatted(millis(ownNanos), millis(wholeNanos), bystanderNanos / 1_000_000);
  }

  private static long millis(long[] nanos) {
    long longest = 0;
    for (long each : nanos) {
      longest = Math.max(longest, each);
    }
    return longest / 1_000_000;
  }

  @Override
  public void close() {
    ended = true;
  }
}
