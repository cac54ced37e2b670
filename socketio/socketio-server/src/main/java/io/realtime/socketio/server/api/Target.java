package io.realtime.socketio.server.api;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of sockets to act on: a namespace, or rooms of it, less the excluded ones. Immutable; every
 * method that narrows it returns a new one. A socket that is in several of the rooms is reached
 * once.
 */
public interface Target {

  /** Adds rooms (a socket's id is one) to the union that is reached. */
  Target to(String... rooms);

  /** Leaves out sockets that are in any of these rooms. */
  Target except(String... rooms);

  /** Only sockets of this node. */
  Target local();

  /** Packets that a client cannot take at this moment are dropped instead of queued. */
  Target volatileOnly();

  /** Sends one event. Encoded once per wire format; returns at once. */
  void emit(String event, @Nullable Object... arguments);

  /** Sends a prepared event. */
  void emit(Message message);

  /** All matching sockets join {@code rooms}. */
  void socketsJoin(String... rooms);

  /** All matching sockets leave {@code rooms}. */
  void socketsLeave(String... rooms);

  /**
   * Disconnects all matching sockets with {@code 41}, after which stock clients stay away; {@code
   * close} also ends the connections.
   */
  void disconnectSockets(boolean close);

  /**
   * Runs {@code action} for every matching socket of this node, on the socket's home loop: one task
   * per loop that has members, in order behind everything that this caller handed in before.
   */
  void forEachLocal(Consumer<Socket> action);

  /** The rooms of this target; empty for the whole namespace. */
  List<String> rooms();
}
