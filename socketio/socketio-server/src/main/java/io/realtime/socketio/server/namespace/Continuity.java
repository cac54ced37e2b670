package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.DisconnectReason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;

/**
 * What of one socket outlives its connection, and what it has from an earlier one. On the home
 * loop, but for {@link #pid}, {@link #recovered} and {@link #logged}.
 */
interface Continuity {

  /** By which the client may come back; absent when it cannot. */
  Optional<String> pid();

  /** What it was before; absent for someone new. */
  Optional<Past> past();

  /** Of its socket; empty for any that is new. */
  default Optional<String> socketId() {
    return past().map(Past::socketId);
  }

  /** Whether the client sees that it is recovered. Any thread. */
  default boolean recovered() {
    return false;
  }

  /** Its socket has been made, with this id and data; first call. */
  default void begin(String socketId, ConcurrentMap<String, Object> data) {}

  /** Whether its events are kept in the namespace's log, and carry their position there. */
  default boolean logged() {
    return false;
  }

  /** The last event of the log that came with {@link #onAdmitted}; 0 for none. */
  default long upTo() {
    return 0;
  }

  default void onJoin(String room) {}

  default void onLeave(String room) {}

  /** Broadcasts reach the socket from here on: what it has to be sent before them, in order. */
  default List<Owed> onAdmitted() {
    return List.of();
  }

  /**
   * The socket has ended.
   *
   * @param admitted whether it was ever connected
   */
  default void onEnd(boolean admitted, DisconnectReason reason) {}

  /**
   * What a socket was on an earlier connection.
   *
   * @param data is its data again
   */
  record Past(String socketId, List<String> rooms, ConcurrentMap<String, Object> data) {}

  /** Nothing lasts: older clients, plain WebSockets, servers without recovery. */
  Continuity NONE =
      new Continuity() {
        @Override
        public Optional<String> pid() {
          return Optional.empty();
        }

        @Override
        public Optional<Past> past() {
          return Optional.empty();
        }
      };
}
