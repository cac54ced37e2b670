package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.Middleware;
import io.realtime.socketio.server.api.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What an application has registered with a namespace, or with a parent for its children. Any
 * thread.
 */
final class NamespaceListeners {
  private final List<Middleware> middlewares = new CopyOnWriteArrayList<>();
  private final List<Consumer<Socket>> connectionListeners = new CopyOnWriteArrayList<>();
  private final ServerSideEvents serverSideEvents = new ServerSideEvents();

  /** The same as they are now, to which others may be added. */
  NamespaceListeners copy() {
    NamespaceListeners copy = new NamespaceListeners();
    copy.middlewares.addAll(middlewares);
    copy.connectionListeners.addAll(connectionListeners);
    copy.serverSideEvents.addAll(serverSideEvents);
    return copy;
  }

  void use(Middleware middleware) {
    middlewares.add(middleware);
  }

  void onConnection(Consumer<Socket> listener) {
    connectionListeners.add(listener);
  }

  List<Middleware> middlewares() {
    return middlewares;
  }

  List<Consumer<Socket>> connectionListeners() {
    return connectionListeners;
  }

  ServerSideEvents serverSideEvents() {
    return serverSideEvents;
  }
}
