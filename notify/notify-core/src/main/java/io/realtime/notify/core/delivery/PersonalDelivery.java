package io.realtime.notify.core.delivery;

import io.realtime.socketio.server.api.Socket;

/** Brings a user's personal events to a connection. */
public interface PersonalDelivery {

  /**
   * Joins {@code socket} to the user's room and sends it what it is owed, then everything that
   * follows, until it disconnects. Called once, on the home loop, right after {@code
   * connection:success} was emitted.
   */
  void attach(Socket socket, String userId);
}
