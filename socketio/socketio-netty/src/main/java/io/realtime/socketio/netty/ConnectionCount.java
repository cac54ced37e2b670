package io.realtime.socketio.netty;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** TCP connections that are open. Any thread. */
final class ConnectionCount {
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicReference<@Nullable CompletableFuture<Void>> none = new AtomicReference<>();

  /** Counts one more and says how many there are now. */
  int opened() {
    return open.incrementAndGet();
  }

  void closed() {
    if (open.decrementAndGet() == 0) {
      CompletableFuture<Void> waiting = none.get();
      if (waiting != null) {
        waiting.complete(null);
      }
    }
  }

  int open() {
    return open.get();
  }

  /** Completes once none is open. */
  CompletionStage<Void> whenNone() {
    none.compareAndSet(null, new CompletableFuture<>());
    CompletableFuture<Void> waiting = none.get();
    if (waiting == null) {
      throw new IllegalStateException("it is never taken away");
    }
    if (open.get() == 0) {
      waiting.complete(null);
    }
    return waiting.copy();
  }
}
