package io.realtime.socketio.server.api;

import java.util.Collection;
import java.util.function.Consumer;

/**
 * Namespaces that are made when a client first asks for them. A child begins with the parent's
 * middlewares and listeners as they are at that moment. What is sent here goes to all children that
 * this node has. Any thread.
 */
public interface ParentNamespace extends Broadcast {

  /** Runs for every CONNECT to a child. */
  ParentNamespace use(Middleware middleware);

  /** Called for every socket that connects to a child. */
  ParentNamespace onConnection(Consumer<Socket> listener);

  /** Called on this node when another one emits to a child. */
  ParentNamespace onServerSideEvent(String event, Consumer<ServerSideEvent> listener);

  /** The children of this node. A snapshot. */
  Collection<Namespace> children();
}
