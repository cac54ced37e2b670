package io.realtime.notify.core.delivery;

import io.realtime.socketio.server.api.Socket;
import java.util.Set;

/** Sends a user's personal events to the user's connections. */
public interface PersonalDelivery {

  /**
   * Somebody comes: the store decides, once, what is owed, and what the returned position proves. A
   * connection that holds the same pid is ended first, and its place among the user's connections
   * goes over. Any thread; returns at once, see {@link Visit#decided}.
   */
  Visit arrive(Visitor visitor);

  /**
   * From now on {@code socket} gets what its user is owed: the backlog, then every new event, in
   * order. Called once per decided visit, on the socket's home loop, behind its greeting, when it
   * is in the user's room already: so nothing that is stored from now on is missed. Ends with the
   * socket.
   */
  void attach(Socket socket, Visit visit);

  /**
   * The client says that it has exactly these events. On the socket's home loop.
   *
   * @return how many of them were waiting for proof on this connection; others are ignored
   */
  int acknowledge(Socket socket, Set<String> eventIds);
}
