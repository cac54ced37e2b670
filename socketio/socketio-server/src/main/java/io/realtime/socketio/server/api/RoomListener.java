package io.realtime.socketio.server.api;

/**
 * Hears of the rooms of one node, in the order of what happens to each room. Called on any thread,
 * one call at a time; must not block. A room that is announced may be deleted again with nobody
 * ever in it. The room of a socket's id is a room like others.
 */
public interface RoomListener {

  /** The room has its first member here, or is about to. */
  default void onCreate(String room) {}

  /** The room has no member here any more. */
  default void onDelete(String room) {}

  default void onJoin(String room, String socketId) {}

  default void onLeave(String room, String socketId) {}
}
