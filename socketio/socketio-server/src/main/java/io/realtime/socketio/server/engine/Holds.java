package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.HoldLimits;
import io.realtime.socketio.server.loop.Alarm;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests that wait for the application to decide: bounded in number and in time. Any thread; each
 * request is settled on its connection's loop, once.
 */
final class Holds {
  private final HoldLimits limits;
  private final Tally tally;
  private final Set<Held<?>> held = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean closed;

  Holds(HoldLimits limits, Tally tally) {
    this.limits = limits;
    this.tally = tally;
  }

  /** Hears the end of the wait, on the request's loop. */
  interface Waiter<T> {
    void onDecided(T decision);

    void onFailed(Throwable failure);

    /** Too many wait, it took too long, or the server closes: 503. */
    void onUnavailable();
  }

  /** Waits for {@code stage}; not at all when it is complete. On the request's loop. */
  <T> void await(Incoming incoming, HomeLoop loop, CompletionStage<T> stage, Waiter<T> waiter) {
    CompletableFuture<T> decision = stage.toCompletableFuture();
    if (decision.isDone()) {
      deliver(decision, waiter);
      return;
    }
    if (count.incrementAndGet() > limits.maxHeld()) {
      count.decrementAndGet();
      tally.holdRefused();
      decision.cancel(false);
      waiter.onUnavailable();
      return;
    }
    Held<T> entry = new Held<>(loop, decision, waiter);
    held.add(entry);
    tally.held();
    entry.alarm.setAt(loop.nanoTime() + limits.deadline().toNanos());
    incoming.whenGone(() -> loop.run(entry::abandon));
    if (closed) {
      entry.unavailable();
    }
    var _ = decision.whenComplete((value, failure) -> loop.run(entry::decided));
  }

  /** Settles everything that waits, now or later, as unavailable. */
  void close() {
    closed = true;
    held.forEach(entry -> entry.loop.run(entry::unavailable));
  }

  private static <T> void deliver(CompletableFuture<T> decision, Waiter<T> waiter) {
    switch (decision.state()) {
      case SUCCESS -> waiter.onDecided(decision.resultNow());
      case FAILED -> waiter.onFailed(decision.exceptionNow());
      case CANCELLED, RUNNING ->
          waiter.onFailed(new IllegalStateException("the decision was cancelled"));
    }
  }

  /** One request that waits; on its loop. */
  private final class Held<T> {
    private final HomeLoop loop;
    private final CompletableFuture<T> decision;
    private final Waiter<T> waiter;
    private final Alarm alarm;

    Held(HomeLoop loop, CompletableFuture<T> decision, Waiter<T> waiter) {
      this.loop = loop;
      this.decision = decision;
      this.waiter = waiter;
      this.alarm = loop.alarm(this::expire);
    }

    private boolean settle() {
      if (!held.remove(this)) {
        return false;
      }
      count.decrementAndGet();
      tally.released();
      alarm.cancel();
      return true;
    }

    void decided() {
      if (settle()) {
        deliver(decision, waiter);
      }
    }

    void expire() {
      if (settle()) {
        tally.holdExpired();
        decision.cancel(false);
        waiter.onUnavailable();
      }
    }

    void unavailable() {
      if (settle()) {
        decision.cancel(false);
        waiter.onUnavailable();
      }
    }

    void abandon() {
      if (settle()) {
        decision.cancel(false);
      }
    }
  }
}
