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
  private final NodeSockets sockets;
  private volatile String[] rooms = NONE;

  JoinedRooms(NamespaceSocket socket, NodeSockets sockets) {
    this.socket = socket;
    this.sockets = sockets;
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

  /** Each of which has been {@link NodeSockets#announceJoin announced}. */
  void join(String[] joined) {
    List<String> now = new ArrayList<>(all());
    for (String room : joined) {
      if (sockets.join(socket, room)) {
        now.add(room);
        socket.continuity().onJoin(room);
      }
    }
    rooms = now.toArray(NONE);
  }

  void leave(String[] left) {
    List<String> now = new ArrayList<>(all());
    for (String room : left) {
      if (sockets.leave(socket, room)) {
        now.remove(room);
        socket.continuity().onLeave(room);
      }
    }
    rooms = now.toArray(NONE);
  }

  void leaveAll() {
    for (String room : rooms) {
      sockets.leave(socket, room);
    }
    rooms = NONE;
  }
}
