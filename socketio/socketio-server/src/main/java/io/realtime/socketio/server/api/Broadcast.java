package io.realtime.socketio.server.api;

import org.jspecify.annotations.Nullable;

/**
 * A way to send to a set of sockets. Immutable; every method that narrows it or says how to send
 * returns a new one. A socket that is in several of the rooms is reached once.
 */
public interface Broadcast {

  /** Adds rooms (a socket's id is one) to the union that is reached. */
  Broadcast to(String... rooms);

  /** As {@link #to}. */
  default Broadcast in(String... rooms) {
    return to(rooms);
  }

  /** Leaves out sockets that are in any of these rooms. */
  Broadcast except(String... rooms);

  /** Only sockets of this node. */
  Broadcast local();

  /** Packets that a client cannot take at this moment are dropped instead of queued. */
  Broadcast volatileOnly();

  /** Whether transports that compress may compress the packets; they may by default. */
  Broadcast compress(boolean wanted);

  /**
   * Sends one event. Encoded once per wire format; returns at once.
   *
   * @throws IllegalArgumentException for a reserved name, and for an argument that has no form on
   *     the wire
   */
  void emit(String event, @Nullable Object... arguments);

  /** Sends a prepared event. */
  void emit(Message message);

  /** Sends an event of the name {@code message}. */
  default void send(@Nullable Object... arguments) {
    emit("message", arguments);
  }
}
