package io.realtime.notify.core.delivery;

import io.realtime.socketio.server.api.Socket;

/** Sends a user's personal events to the user's connections. */
@FunctionalInterface
public interface PersonalDelivery {

  /**
   * From now on {@code socket} gets what {@code userId} is owed: the backlog, then every new event,
   * in order. Called once per socket, on its home loop, behind its greeting, when it is in the
   * user's room already: so nothing that is stored from now on is missed. Ends with the socket.
   */
  void attach(Socket socket, String userId);
}
