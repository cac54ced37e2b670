package io.realtime.socketio.server.api;

import java.util.concurrent.CompletionStage;

/** A Socket.IO server: its namespaces and its life. */
public interface SocketIoServer {

  /** The namespace of that name, created when it is new. {@code "/"} is the main one. */
  Namespace of(String name);

  /** Engine.IO sessions and plain connections that are open. */
  int connectionCount();

  /** What the server counts, for an application's metrics. */
  ServerStats stats();

  /**
   * Ends every connection by a plain transport close, never with {@code 41}, so that stock clients
   * come back by themselves; reason {@code server shutting down}.
   */
  CompletionStage<Void> close();
}
