package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpStream;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.transport.Loop;
import io.realtime.socketio.server.transport.WebSocketEvents;
import java.nio.charset.StandardCharsets;

/** A request for server-sent events, which becomes a connection like a WebSocket does. */
record EventStreamUpgrade(HttpExchange exchange, HttpHeaders headers) implements UpgradeExchange {
  private static final int UNAVAILABLE = 503;
  private static final byte[] COME_BACK = "retry: 1000\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] COME_BACK_LATER = "retry: 5000\n\n".getBytes(StandardCharsets.UTF_8);

  @Override
  public Loop loop() {
    return exchange.loop();
  }

  /** It stays on the loop that reads it, which has to be {@code home}. */
  @Override
  public void accept(
      Loop home, HttpHeaders carried, WebSocketLimits limits, WebSocketEvents events) {
    HttpStream stream = begin(carried);
    stream.write(COME_BACK);
    EventStreamChannel channel = new EventStreamChannel(stream, home, events);
    exchange.onAbort(channel::onAbort);
    events.onOpen(channel);
  }

  /** Whoever hears 503 once never comes back: the standard says so. */
  @Override
  public void refuse(HttpReply reply) {
    if (reply.status() != UNAVAILABLE) {
      exchange.reply(reply.withHeaders(reply.headers().withAll(headers)));
      return;
    }
    HttpStream stream = begin(HttpHeaders.empty());
    stream.write(COME_BACK_LATER);
    stream.end();
  }

  private HttpStream begin(HttpHeaders carried) {
    return exchange.stream(
        200,
        headers
            .withAll(carried)
            .set("content-type", "text/event-stream; charset=utf-8")
            .set("cache-control", "no-store")
            .set("x-accel-buffering", "no"));
  }
}
