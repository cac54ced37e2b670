package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;

/** The way back for one request, with the CORS headers that every answer to it carries. */
record CorsExchange(HttpExchange exchange, HttpHeaders cors) {

  /** From any thread, once. */
  void reply(HttpReply reply) {
    exchange.reply(
        new HttpReply(
            reply.status(), reply.headers().withAll(cors), reply.body(), reply.closeAfter()));
  }
}
