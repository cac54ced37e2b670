package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.transport.Loop;
import java.util.Optional;

/**
 * The way back for one poll or POST, with the headers that every answer to it carries. Belongs to
 * its connection's loop until it is handed to the home loop of a session.
 */
final class EngineExchange implements Incoming {
  private final HttpRequest request;
  private final HttpExchange exchange;
  private final AnswerRules rules;
  private HttpHeaders carried;
  private Optional<String> opened = Optional.empty();

  EngineExchange(
      HttpRequest request, HttpExchange exchange, AnswerRules rules, HttpHeaders carried) {
    this.request = request;
    this.exchange = exchange;
    this.rules = rules;
    this.carried = carried;
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

  /** It has opened the session {@code sid}: its answer is the first one. */
  void opens(String sid) {
    opened = Optional.of(sid);
  }

  /** An answer of the session itself: hooks, cookie and compression apply. */
  void answer(HttpReply reply, boolean mayCompress) {
    exchange.reply(rules.answer(this, opened, reply, mayCompress));
  }

  @Override
  public void reply(HttpReply reply) {
    exchange.reply(AnswerRules.carry(carried, reply));
  }

  @Override
  public void refuse(EngineError error) {
    reply(error.reply());
  }

  @Override
  public void forbid(String message) {
    reply(EngineError.FORBIDDEN.reply(message));
  }

  @Override
  public void whenGone(Runnable action) {
    exchange.onAbort(action);
  }
}
