package io.realtime.socketio.server.namespace;

import java.util.BitSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * How many members a room has on each loop: what a broadcast asks to find the loops it must reach.
 * A count rises when a join is <em>called</em> and falls when a leave has <em>run</em>, so a caller
 * that joins and then broadcasts never misses a loop. Rooms without members are gone. Any thread.
 */
final class RoomCounts {
  private final int loops;
  private final RoomEvents events;
  private final ConcurrentMap<String, int[]> byRoom = new ConcurrentHashMap<>();

  /**
   * @param events is told of rooms that come and go
   */
  RoomCounts(int loops, RoomEvents events) {
    this.loops = loops;
    this.events = events;
  }

  void rise(String room, int loop) {
    byRoom.compute(room, (name, counts) -> changed(name, counts, loop, 1));
    events.tell();
  }

  void fall(String room, int loop) {
    byRoom.compute(room, (name, counts) -> changed(name, counts, loop, -1));
    events.tell();
  }

  /** Copy on write: readers need no lock. */
  private int @Nullable [] changed(String room, int @Nullable [] counts, int loop, int by) {
    if (counts == null) {
      events.note(RoomEvents.Kind.CREATE, room, "");
    }
    int[] copy = counts == null ? new int[loops] : counts.clone();
    copy[loop] += by;
    for (int count : copy) {
      if (count != 0) {
        return copy;
      }
    }
    events.note(RoomEvents.Kind.DELETE, room, "");
    return null;
  }

  /** Sets the bit of every loop on which {@code room} has members. */
  void addLoops(String room, BitSet into) {
    int[] counts = byRoom.get(room);
    if (counts != null) {
      for (int loop = 0; loop < counts.length; loop++) {
        if (counts[loop] > 0) {
          into.set(loop);
        }
      }
    }
  }

  int size(String room) {
    int[] counts = byRoom.get(room);
    int sum = 0;
    if (counts != null) {
      for (int count : counts) {
        sum += count;
      }
    }
    return sum;
  }

  /** Rooms that have members. */
  Set<String> rooms() {
    return byRoom.keySet();
  }
}
