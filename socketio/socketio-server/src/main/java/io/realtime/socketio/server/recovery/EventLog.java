package io.realtime.socketio.server.recovery;

import io.realtime.socketio.server.api.RecoveryBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one namespace in the order in which they were emitted, numbered from 1, the oldest
 * forgotten past a bound. Its lock makes one order of what all threads emit: whoever appends hands
 * the event to the queue of each loop before the lock is given back. Any thread.
 */
public final class EventLog {
  private final LogLimits limits;
  private final Positions positions;
  private final Consumer<RecoveryBound> onForgotten;
  private final ReentrantLock lock = new ReentrantLock();

  /** Within the lock. */
  private final KeptEvents kept = new KeptEvents();

  private volatile long last;

  /**
   * @param onForgotten hears of each event that is forgotten, within the lock
   */
  public EventLog(LogLimits limits, Positions positions, Consumer<RecoveryBound> onForgotten) {
    this.limits = limits;
    this.positions = positions;
    this.onForgotten = onForgotten;
  }

  public Positions positions() {
    return positions;
  }

  /** The number of the last event; 0 before the first. */
  public long last() {
    return last;
  }

  /**
   * Numbers an event and keeps it.
   *
   * @param handOver hands the event to the loops, within the lock: queues, and calls nothing
   */
  public void append(EventDraft draft, long nowNanos, Consumer<LoggedEvent> handOver) {
    lock.lock();
    try {
      long number = last + 1;
      positions.write(number, draft.text(), draft.at());
      kept.add(number, draft, nowNanos);
      // before the number is seen: who sees it finds it in the queues
      handOver.accept(new LoggedEvent(number, draft.packet()));
      last = number;
      forgetPast(nowNanos);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what is too old by now. */
  public void sweep(long nowNanos) {
    lock.lock();
    try {
      forgetPast(nowNanos);
    } finally {
      lock.unlock();
    }
  }

  private void forgetPast(long nowNanos) {
    while (kept.size() > 0) {
      RecoveryBound bound = boundPassed(nowNanos);
      if (bound == null) {
        return;
      }
      kept.removeFirst();
      onForgotten.accept(bound);
    }
  }

  private @Nullable RecoveryBound boundPassed(long nowNanos) {
    if (kept.size() > limits.maxEvents()) {
      return RecoveryBound.LOG_EVENTS;
    }
    if (kept.bytes() > limits.maxBytes()) {
      return RecoveryBound.LOG_BYTES;
    }
    return nowNanos - kept.oldestAtNanos() > limits.maxAgeNanos() ? RecoveryBound.LOG_AGE : null;
  }

  /** Events that are kept. */
  public int size() {
    lock.lock();
    try {
      return kept.size();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of their packets. */
  public long bytes() {
    lock.lock();
    try {
      return kept.bytes();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The numbers of the events behind {@code position}, up to this moment, that {@code selector}
   * wants, in order; empty when one of all those behind it is forgotten, or when there never was
   * such a position. The selector is asked without the lock, so that it may take its time.
   */
  public Optional<long[]> select(long position, EventSelector selector) {
    KeptEvents.Choice choice;
    lock.lock();
    try {
      if (position < kept.first() - 1 || position > last) {
        return Optional.empty();
      }
      choice = kept.from(position + 1, (int) (last - position));
    } finally {
      lock.unlock();
    }
    return Optional.of(choice.of(selector));
  }

  /** What {@link #select} has found; empty when one of these is forgotten by now. */
  public Optional<List<LoggedEvent>> read(long[] numbers) {
    List<LoggedEvent> found = new ArrayList<>(numbers.length);
    lock.lock();
    try {
      if (numbers.length > 0 && numbers[0] < kept.first()) {
        return Optional.empty();
      }
      for (long number : numbers) {
        found.add(kept.get(number));
      }
    } finally {
      lock.unlock();
    }
    return Optional.of(found);
  }
}
