package io.realtime.notify.sqlite;

import io.realtime.notify.core.ingest.StoreUnavailableException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few threads that read, each on its own connection, each call on its own snapshot. */
final class Readers implements AutoCloseable {
  static final int THREADS = 2;

  /** Calls that may wait: more than there are connections, each of which reads one page. */
  static final int MAX_WAITING = 50_000;

  private static final long STOP_MILLIS = 5_000;
  private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

  private final Database database;
  private final LinkedBlockingQueue<Task<?>> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  Readers(Database database) {
    this.database = database;
    for (int i = 0; i < THREADS; i++) {
      threads.add(Thread.ofPlatform().name("store-reader-" + i).daemon().unstarted(this::serve));
    }
  }

  /** What a call wants to know. */
  @FunctionalInterface
  interface Question<T> {
    T ask(ReadSession session) throws SQLException;
  }

  private record Task<T>(Question<T> question, CompletableFuture<T> answer) {
    void run(ReadSession session) throws SQLException {
      T value = session.snapshot(question);
      answer.complete(value);
    }
  }

  Readers start() {
    threads.forEach(Thread::start);
    return this;
  }

  <T> CompletableFuture<T> submit(Question<T> question) {
    Task<T> task = new Task<>(question, new CompletableFuture<>());
    if (closed || !waiting.offer(task)) {
      return CompletableFuture.failedFuture(
          unavailable(closed ? "closed" : MAX_WAITING + " reads are waiting"));
    }
    if (closed && waiting.remove(task)) {
      task.answer().completeExceptionally(unavailable("closed"));
    }
    return task.answer();
  }

  private static StoreUnavailableException unavailable(String why) {
    return new StoreUnavailableException("store: " + why, new IllegalStateException(why));
  }

  private void serve() {
    @Nullable ReadSession session = null;
    try {
      while (!closed || !waiting.isEmpty()) {
        Task<?> task = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (task != null) {
          session = serve(session, task);
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("store: a reader was interrupted");
    } finally {
      close(session);
    }
  }

  /** The session for the next call; null when this one cannot be used any more. */
  private @Nullable ReadSession serve(@Nullable ReadSession known, Task<?> task) {
    @Nullable ReadSession session = known;
    try {
      if (session == null) {
        session = new ReadSession(database.reader());
      }
      task.run(session);
      return session;
    } catch (SQLException | RuntimeException e) {
      close(session);
      task.answer().completeExceptionally(Failures.toCaller(e));
      return null;
    }
  }

  private static void close(@Nullable ReadSession session) {
    if (session != null) {
      try {
        session.close();
      } catch (SQLException e) {
        LOG.warn("store: closing a reader's connection failed: {}", Failures.reason(e));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      for (Thread thread : threads) {
        thread.join(STOP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
