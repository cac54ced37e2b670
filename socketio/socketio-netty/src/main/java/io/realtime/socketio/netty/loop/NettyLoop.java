package io.realtime.socketio.netty.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.realtime.socketio.server.transport.Loop;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of Netty's event loops. Tasks handed in by one caller run in that order: the loop's queue is
 * a multi-producer queue that wakes a sleeping loop once, however many tasks arrive.
 */
public final class NettyLoop implements Loop {
  private static final Logger log = LoggerFactory.getLogger(NettyLoop.class);
  private static final long ANSWERED = 0;

  private final int index;
  private final EventLoop eventLoop;
  private final TurningIoHandler transport;

  /** When the probe that is still unanswered was handed in, or {@link #ANSWERED}. */
  private final AtomicLong probeSent = new AtomicLong(ANSWERED);

  private volatile @Nullable Thread thread;

  /**
   * @param transport that of {@code eventLoop}
   */
  NettyLoop(int index, EventLoop eventLoop, TurningIoHandler transport) {
    this.index = index;
    this.eventLoop = eventLoop;
    this.transport = transport;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public boolean inLoop() {
    return eventLoop.inEventLoop();
  }

  /** Drops the task when the loop has ended: nothing that it could act on is left by then. */
  @Override
  public void execute(Runnable task) {
    if (!tryExecute(task)) {
      log.debug("A task came after event loop {} had ended", index);
    }
  }

  /** False when the loop has ended; the task does not run then. */
  public boolean tryExecute(Runnable task) {
    try {
      eventLoop.execute(task);
      return true;
    } catch (RejectedExecutionException ended) {
      return false;
    }
  }

  /** Runs {@code task} at once on the loop itself, and hands it in from elsewhere. */
  public void run(Runnable task) {
    if (inLoop()) {
      task.run();
    } else {
      execute(task);
    }
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    assert inLoop() : "timers belong to the loop's own thread";
    ScheduledFuture<?> timer =
        eventLoop.schedule(() -> runLogged(task), delayNanos, TimeUnit.NANOSECONDS);
    return () -> timer.cancel(false);
  }

  @Override
  public void nextTurn(Runnable task) {
    assert inLoop() : "turns belong to the loop's own thread";
    transport.nextTurn(() -> runLogged(task));
  }

  @Override
  public long turns() {
    return transport.turns();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  /** The loop as Netty knows it. */
  public EventLoop eventLoop() {
    return eventLoop;
  }

  /**
   * How long a probe has been waiting for this loop's next turn; hands in a new one when none is
   * waiting. Any thread.
   */
  long probe() {
    long now = Math.max(1, System.nanoTime() & Long.MAX_VALUE);
    if (probeSent.compareAndSet(ANSWERED, now)) {
      if (!tryExecute(this::answer)) {
        probeSent.set(ANSWERED);
      }
      return 0;
    }
    long sent = probeSent.get();
    return sent == ANSWERED ? 0 : Math.max(0, now - sent);
  }

  private void answer() {
    thread = Thread.currentThread();
    probeSent.set(ANSWERED);
  }

  /** The thread on which it runs, once it has answered a probe. */
  Optional<Thread> thread() {
    return Optional.ofNullable(thread);
  }

  private void runLogged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error failure) {
      log.error("A task failed on event loop {}", index, failure);
    }
  }

  @Override
  public String toString() {
    return "loop " + index;
  }
}
