package io.realtime.socketio.server.loop;

import io.realtime.socketio.server.transport.Loop;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All deadlines of one loop in a binary heap behind one timer of the loop. A deadline that moves
 * later (as every pong moves the next ping) keeps its place and is put right when the heap comes to
 * it, so a connection costs one heap operation per heartbeat. Rings up to {@link #GRAIN_NANOS} late
 * so that neighbours share a wake-up, never early.
 */
final class AlarmClock {
  static final long GRAIN_NANOS = 10_000_000;
  private static final Logger LOG = LoggerFactory.getLogger(AlarmClock.class);

  private final Loop loop;
  private Alarm[] heap = new Alarm[16];
  private int size;
  private Loop.@Nullable Timer timer;
  private long timerAt;

  AlarmClock(Loop loop) {
    this.loop = loop;
  }

  int size() {
    return size;
  }

  void set(Alarm alarm, long due) {
    assert loop.inLoop();
    alarm.due = due;
    if (alarm.index == Alarm.OUT) {
      alarm.key = due;
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, size * 2);
      }
      siftUp(size++, alarm);
    } else if (due - alarm.key < 0) {
      alarm.key = due;
      siftUp(alarm.index, alarm);
    }
    arm();
  }

  void remove(Alarm alarm) {
    assert loop.inLoop();
    int at = alarm.index;
    if (at == Alarm.OUT) {
      return;
    }
    alarm.index = Alarm.OUT;
    Alarm last = heap[--size];
    clear(size);
    if (last != alarm) {
      siftDown(at, last);
      if (last.index == at) {
        siftUp(at, last);
      }
    }
    if (size == 0 && timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void ring() {
    timer = null;
    long now = loop.nanoTime();
    while (size > 0 && heap[0].key - now <= 0) {
      Alarm first = heap[0];
      if (first.due - now > 0) {
        first.key = first.due;
        siftDown(0, first);
      } else {
        remove(first);
        run(first);
      }
    }
    arm();
  }

  private static void run(Alarm alarm) {
    try {
      alarm.action.run();
    } catch (RuntimeException | AssertionError failure) {
      LOG.error("an alarm's action failed; the other alarms go on", failure);
    }
  }

  private void arm() {
    if (size == 0) {
      return;
    }
    long at = Math.ceilDiv(heap[0].key, GRAIN_NANOS) * GRAIN_NANOS;
    if (timer != null) {
      if (timerAt - at <= 0) {
        return;
      }
      timer.cancel();
    }
    timerAt = at;
    timer = loop.schedule(Math.max(0, at - loop.nanoTime()), this::ring);
  }

  private void siftUp(int start, Alarm alarm) {
    int at = start;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (alarm.key - heap[parent].key >= 0) {
        break;
      }
      place(at, heap[parent]);
      at = parent;
    }
    place(at, alarm);
  }

  private void siftDown(int start, Alarm alarm) {
    int at = start;
    int half = size >>> 1;
    while (at < half) {
      int child = 2 * at + 1;
      if (child + 1 < size && heap[child + 1].key - heap[child].key < 0) {
        child++;
      }
      if (alarm.key - heap[child].key <= 0) {
        break;
      }
      place(at, heap[child]);
      at = child;
    }
    place(at, alarm);
  }

  private void place(int at, Alarm alarm) {
    heap[at] = alarm;
    alarm.index = at;
  }

  @SuppressWarnings("NullAway") // the slot is outside the heap from here on
  private void clear(int at) {
    heap[at] = null;
  }
}
