package io.realtime.socketio.server.recovery;

import io.realtime.socketio.server.api.RecoveryBound;
import java.util.Arrays;
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
  private static final int FIRST_CAPACITY = 64;

  private final LogLimits limits;
  private final Positions positions;
  private final Consumer<RecoveryBound> onForgotten;
  private final ReentrantLock lock = new ReentrantLock();

  /** Event n is in slot n modulo the length, which is a power of two. */
  private @Nullable LoggedEvent[] slots = new LoggedEvent[FIRST_CAPACITY];

  private long first = 1;
  private long bytes;
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
      LoggedEvent event =
          new LoggedEvent(number, draft.rooms(), draft.except(), draft.packet(), nowNanos);
      keep(event);
      handOver.accept(event); // before the number is seen: who sees it finds it in the queues
      last = number;
      forgetPast(nowNanos);
    } finally {
      lock.unlock();
    }
  }

  private void keep(LoggedEvent event) {
    int kept = (int) (event.number() - first);
    if (kept == slots.length) {
      grow();
    }
    slots[slot(event.number())] = event;
    bytes += event.packet().bytes();
  }

  private void grow() {
    @Nullable LoggedEvent[] larger = new LoggedEvent[slots.length * 2];
    for (LoggedEvent event : slots) {
      if (event != null) {
        larger[(int) (event.number() & (larger.length - 1))] = event;
      }
    }
    slots = larger;
  }

  private int slot(long number) {
    return (int) (number & (slots.length - 1));
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
    while (first <= last) {
      LoggedEvent oldest = slots[slot(first)];
      RecoveryBound bound = oldest == null ? null : boundPassed(oldest, nowNanos);
      if (oldest == null || bound == null) {
        return;
      }
      slots[slot(first)] = null;
      bytes -= oldest.packet().bytes();
      first++;
      onForgotten.accept(bound);
    }
  }

  private @Nullable RecoveryBound boundPassed(LoggedEvent oldest, long nowNanos) {
    if (last - first + 1 > limits.maxEvents()) {
      return RecoveryBound.LOG_EVENTS;
    }
    if (bytes > limits.maxBytes()) {
      return RecoveryBound.LOG_BYTES;
    }
    return nowNanos - oldest.atNanos() > limits.maxAgeNanos() ? RecoveryBound.LOG_AGE : null;
  }

  /** Events that are kept. */
  public int size() {
    lock.lock();
    try {
      return (int) (last - first + 1);
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of their packets. */
  public long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * All events behind number {@code position} up to this moment, in order; empty when one of them
   * is forgotten, or when there never was such a number.
   */
  public Optional<List<LoggedEvent>> since(long position) {
    @Nullable LoggedEvent[] found;
    lock.lock();
    try {
      if (position < first - 1 || position > last) {
        return Optional.empty();
      }
      found = new LoggedEvent[(int) (last - position)];
      for (int i = 0; i < found.length; i++) {
        found[i] = slots[slot(position + 1 + i)];
      }
    } finally {
      lock.unlock();
    }
    return Optional.of(asList(found));
  }

  @SuppressWarnings("NullAway") // every slot between the first and the last event is filled
  private static List<LoggedEvent> asList(@Nullable LoggedEvent[] filled) {
    return Arrays.asList(filled);
  }
}
