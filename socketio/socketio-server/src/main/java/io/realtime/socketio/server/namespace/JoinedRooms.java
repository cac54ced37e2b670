package io.realtime.socketio.server.namespace;

import java.util.ArrayList;
import java.util.List;

/**
 * The rooms that one socket has joined, but for the one of its id. Changed on the home loop only,
 * read by any thread.
 */
final class JoinedRooms {
  private static final String[] NONE = {};

  private final NamespaceSocket socket;
  private final LocalNamespace namespace;
  private volatile String[] rooms = NONE;

  JoinedRooms(NamespaceSocket socket, LocalNamespace namespace) {
    this.socket = socket;
    this.namespace = namespace;
  }

  List<String> all() {
    return List.of(rooms);
  }

  boolean contains(String room) {
    for (String joined : rooms) {
      if (joined.equals(room)) {
        return true;
      }
    }
    return false;
  }

  /** Each of which has been {@link LocalNamespace#announceJoin announced}. */
  void join(String[] joined) {
    List<String> now = new ArrayList<>(all());
    for (String room : joined) {
      if (namespace.join(socket, room)) {
        now.add(room);
      }
    }
    rooms = now.toArray(NONE);
  }

  void leave(String[] left) {
    List<String> now = new ArrayList<>(all());
    for (String room : left) {
      if (namespace.leave(socket, room)) {
        now.remove(room);
      }
    }
    rooms = now.toArray(NONE);
  }

  void leaveAll() {
    for (String room : rooms) {
      namespace.leave(socket, room);
    }
    rooms = NONE;
  }
}
