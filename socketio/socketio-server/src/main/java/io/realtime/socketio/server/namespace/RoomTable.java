package io.realtime.socketio.server.namespace;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a namespace by name, with how many members each has on each loop: what a broadcast
 * asks to find the loops it must reach. A count rises when a join is <em>called</em> and falls when
 * a leave has <em>run</em>, so a caller that joins and then broadcasts never misses a loop. Rooms
 * without members are gone. Any thread.
 */
final class RoomTable {
  private final int loops;
  private final RoomEvents events;
  private final ConcurrentMap<String, Room> byName = new ConcurrentHashMap<>();

  /**
   * @param events is told of rooms that come and go
   */
  RoomTable(int loops, RoomEvents events) {
    this.loops = loops;
    this.events = events;
  }

  void rise(String room, int loop) {
    byName.compute(room, (name, known) -> changed(name, known, loop, 1));
    events.tell();
  }

  void fall(String room, int loop) {
    byName.compute(room, (name, known) -> changed(name, known, loop, -1));
    events.tell();
  }

  private @Nullable Room changed(String name, @Nullable Room known, int loop, int by) {
    Room room = known;
    if (room == null) {
      events.note(RoomEvents.Kind.CREATE, name, "");
      room = new Room(name, loops, loop);
    }
    if (room.count(loop, by)) {
      return room;
    }
    events.note(RoomEvents.Kind.DELETE, name, "");
    return null;
  }

  /** The room, while somebody is in it. */
  @Nullable Room find(String name) {
    return byName.get(name);
  }

  int size(String name) {
    Room room = byName.get(name);
    return room == null ? 0 : room.size();
  }

  /** Rooms that have members. */
  Set<String> names() {
    return byName.keySet();
  }
}
