package io.realtime.socketio.server.core;

import io.realtime.socketio.server.api.HttpRoutes;
import io.realtime.socketio.server.http.BodyReceiver;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;

/** Has a request wait for its body before it goes to the application. */
record RoutedBody(HttpRoutes routes, HttpRequest head, HttpExchange exchange)
    implements BodyReceiver {

  @Override
  public int maxBytes() {
    return routes.maxBodyBytes(head);
  }

  @Override
  public void onBody(byte[] body) {
    routes.onRequest(head.withBody(body), exchange);
  }

  @Override
  public HttpReply tooLarge() {
    return HttpReply.empty(413);
  }
}
