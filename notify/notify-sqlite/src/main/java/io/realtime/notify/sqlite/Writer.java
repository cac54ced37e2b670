package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.EvictionLog;
import io.realtime.notify.core.ingest.StoreUnavailableException;
import io.realtime.notify.sqlite.WriteSession.Eviction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Whatever waits is one transaction, in the order of its arrival; while
 * that is being made durable the next one gathers. A transaction that fails is repeated call by
 * call, so that only the call that cannot be taken fails; when the store itself is away, all fail
 * and nothing was changed.
 *
 * <p>Answers are given by a thread of their own, in the same order: whoever continues there does
 * not hold up the next transaction.
 */
final class Writer implements AutoCloseable {
  /** Calls that may wait; callers have smaller bounds of their own. */
  static final int MAX_WAITING = 100_000;

  /** Records and proofs of one transaction; one call more may be among them. */
  static final int MAX_WEIGHT = 4_000;

  static final long MAX_BYTES = 16L << 20;

  private static final long STOP_MILLIS = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  private final SessionSource source;
  private final EvictionLog evictions;
  private final StoreMeters meters;
  private final LinkedBlockingQueue<Task<?>> waiting = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Runnable> answers = new LinkedBlockingQueue<>();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Thread thread;
  private final Thread answering;
  private volatile boolean closed;
  private volatile boolean writing = true;
  // Of the writer's thread alone.
  private @Nullable WriteSession session;

  Writer(SessionSource source, EvictionLog evictions, StoreMeters meters) {
    this.source = source;
    this.evictions = evictions;
    this.meters = meters;
    this.thread = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::write);
    this.answering = Thread.ofPlatform().name("store-answers").daemon().unstarted(this::answer);
  }

  /** Opens the writer's connection, also after it was lost. */
  @FunctionalInterface
  interface SessionSource {
    WriteSession open() throws SQLException;
  }

  /** What a call does to the store. */
  @FunctionalInterface
  interface Work<T> {
    T run(WriteSession session) throws SQLException;
  }

  private record Task<T>(
      Work<T> work, int weight, long bytes, CompletableFuture<T> outcome, long since) {}

  Writer start() {
    thread.start();
    answering.start();
    return this;
  }

  /** Calls that have no answer yet. */
  int unanswered() {
    return unanswered.get();
  }

  /**
   * @param weight roughly how many rows it changes
   * @param bytes roughly how much it writes
   */
  <T> CompletableFuture<T> submit(int weight, long bytes, Work<T> work) {
    if (closed) {
      return refused("closed");
    }
    if (unanswered.incrementAndGet() > MAX_WAITING) {
      unanswered.decrementAndGet();
      return refused(MAX_WAITING + " calls are waiting");
    }
    Task<T> task = new Task<>(work, weight, bytes, new CompletableFuture<>(), System.nanoTime());
    waiting.add(task);
    if (closed && waiting.remove(task)) {
      fail(task, new IllegalStateException("closed"));
    }
    return task.outcome();
  }

  private static <T> CompletableFuture<T> refused(String why) {
    return CompletableFuture.failedFuture(
        new StoreUnavailableException("store: " + why, new IllegalStateException(why)));
  }

  private void write() {
    try {
      while (!closed || !waiting.isEmpty()) {
        Task<?> first = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          commit(gather(first));
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("store: the writer was interrupted; {} calls are not done", waiting.size());
    } finally {
      abandon();
      List<Task<?>> rest = new ArrayList<>();
      waiting.drainTo(rest);
      rest.forEach(task -> fail(task, new IllegalStateException("closed")));
      writing = false;
    }
  }

  private List<Task<?>> gather(Task<?> first) {
    List<Task<?>> batch = new ArrayList<>();
    int weight = 0;
    long bytes = 0;
    Task<?> next = first;
    while (next != null) {
      batch.add(next);
      weight += next.weight();
      bytes += next.bytes();
      next = weight < MAX_WEIGHT && bytes < MAX_BYTES ? waiting.poll() : null;
    }
    return batch;
  }

  private void commit(List<Task<?>> batch) {
    List<Runnable> done = new ArrayList<>(batch.size());
    try {
      WriteSession open = session();
      open.begin();
      int weight = 0;
      for (Task<?> task : batch) {
        done.add(run(open, task));
        weight += task.weight();
      }
      Evictor.pastStoreBound(open);
      List<Eviction> told = open.commit();
      meters.committed(batch.size(), weight, System.nanoTime() - batch.getFirst().since());
      meters.sizes(open.entries.count(), open.users.count());
      answers.addAll(done);
      told.forEach(
          eviction -> answers.add(() -> evictions.evicted(eviction.userId(), eviction.gap())));
    } catch (SQLException | RuntimeException e) {
      abandon();
      failed(batch, e);
    }
  }

  private <T> Runnable run(WriteSession open, Task<T> task) throws SQLException {
    T value = task.work().run(open);
    return () -> {
      unanswered.decrementAndGet();
      task.outcome().complete(value);
    };
  }

  private void failed(List<Task<?>> batch, Exception failure) {
    if (batch.size() > 1 && !Failures.isUnavailable(failure)) {
      batch.forEach(task -> commit(List.of(task)));
      return;
    }
    meters.failed();
    batch.forEach(task -> fail(task, failure));
  }

  private void fail(Task<?> task, Exception failure) {
    RuntimeException told =
        failure instanceof IllegalStateException
            ? new StoreUnavailableException("store: " + failure.getMessage(), failure)
            : Failures.toCaller(failure);
    answers.add(
        () -> {
          unanswered.decrementAndGet();
          task.outcome().completeExceptionally(told);
        });
  }

  private WriteSession session() throws SQLException {
    WriteSession open = session;
    if (open == null) {
      open = source.open();
      session = open;
    }
    return open;
  }

  /** What was remembered may not be true any more. */
  private void abandon() {
    WriteSession open = session;
    session = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.warn("store: closing the writer's connection failed: {}", Failures.reason(e));
      }
    }
  }

  private void answer() {
    try {
      while (writing || !answers.isEmpty()) {
        Runnable next = answers.poll(100, TimeUnit.MILLISECONDS);
        if (next != null) {
          guarded(next);
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("store: answering was interrupted; {} answers are not given", answers.size());
    }
  }

  private static void guarded(Runnable answer) {
    try {
      answer.run();
    } catch (RuntimeException e) {
      LOG.error("store: whoever was answered threw", e);
    }
  }

  /** Finishes what waits, within some seconds. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(STOP_MILLIS);
      answering.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
