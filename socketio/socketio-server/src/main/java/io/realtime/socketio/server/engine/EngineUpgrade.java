package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.transport.Loop;

/** A request for a WebSocket, with the headers that every answer to it carries. */
final class EngineUpgrade implements Incoming {
  private final HttpRequest request;
  private final UpgradeExchange exchange;
  private HttpHeaders carried;

  EngineUpgrade(HttpRequest request, UpgradeExchange exchange, HttpHeaders carried) {
    this.request = request;
    this.exchange = exchange;
    this.carried = carried;
  }

  UpgradeExchange exchange() {
    return exchange;
  }

  @Override
  public HttpRequest request() {
    return request;
  }

  @Override
  public Loop loop() {
    return exchange.loop();
  }

  @Override
  public HttpHeaders carried() {
    return carried;
  }

  @Override
  public void carry(HttpHeaders headers) {
    carried = headers;
  }

  @Override
  public void reply(HttpReply reply) {
    exchange.refuse(AnswerRules.carry(carried, reply));
  }

  @Override
  public void refuse(EngineError error) {
    reply(error.upgradeReply(error.text()));
  }

  @Override
  public void forbid(String message) {
    reply(EngineError.FORBIDDEN.upgradeReply(message));
  }

  /** Not seen: nothing is read from the connection meanwhile. The deadline of the hold is. */
  @Override
  public void whenGone(Runnable action) {}
}
