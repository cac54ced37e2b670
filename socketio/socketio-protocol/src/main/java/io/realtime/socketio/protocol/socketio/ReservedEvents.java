package io.realtime.socketio.protocol.socketio;

import java.util.Set;

/** Names that mean something to a Socket.IO endpoint itself and therefore never travel. */
public final class ReservedEvents {
  private static final Set<String> NAMES =
      Set.of(
          "connect",
          "connect_error",
          "disconnect",
          "disconnecting",
          "newListener",
          "removeListener");

  private ReservedEvents() {}

  /** Whether an event must not have this name. */
  public static boolean contains(String name) {
    return NAMES.contains(name);
  }
}
