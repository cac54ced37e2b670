package io.realtime.socketio.server.api;

import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpRequest;

/**
 * An application's HTTP on the same listener: asked for every request that is neither Engine.IO's
 * nor a plain WebSocket's.
 */
public interface HttpRoutes {

  /** The longest body that this request may have. */
  int maxBodyBytes(HttpRequest head);

  /** Called on the connection's loop: must not block. Answers every request, unknown paths too. */
  void onRequest(HttpRequest request, HttpExchange exchange);
}
