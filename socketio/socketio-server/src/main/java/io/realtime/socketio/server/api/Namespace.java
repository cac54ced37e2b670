package io.realtime.socketio.server.api;

import java.util.Optional;
import java.util.function.Consumer;

/** A namespace: a Target of all its sockets, its middlewares and its connection listeners. */
public interface Namespace extends Audience {

  String name();

  /**
   * Runs for every CONNECT, in the order of registration, before the socket exists for anyone else.
   */
  Namespace use(Middleware middleware);

  /** Called right after the CONNECT reply was queued, on the socket's home loop. */
  Namespace onConnection(Consumer<Socket> listener);

  /** Sockets of this node that are connected. */
  int localSocketCount();

  /** Sockets of this node in {@code room}. */
  int localRoomSize(String room);

  /** A socket of this node by its id. */
  Optional<Socket> localSocket(String id);
}
