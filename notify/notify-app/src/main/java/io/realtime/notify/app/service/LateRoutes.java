package io.realtime.notify.app.service;

import static java.util.Objects.requireNonNull;

import io.realtime.socketio.server.api.HttpRoutes;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The server is built with its routes, and the routes are built with the server's namespace: this
 * breaks the circle. Bound once, before the server listens.
 */
final class LateRoutes implements HttpRoutes {
  private volatile @Nullable HttpRoutes routes;

  void bind(HttpRoutes bound) {
    routes = bound;
  }

  @Override
  public int maxBodyBytes(HttpRequest head) {
    return requireNonNull(routes).maxBodyBytes(head);
  }

  @Override
  public void onRequest(HttpRequest request, HttpExchange exchange) {
    requireNonNull(routes).onRequest(request, exchange);
  }
}
