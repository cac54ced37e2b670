package io.realtime.socketio.server.http;

/**
 * What a listener calls. Called on the connection's loop, so it must not block: slow work goes to a
 * thread of its own.
 */
public interface HttpDispatch {

  /**
   * The head of a request has arrived, {@code head}'s body is empty. It may be answered from here
   * on, by {@code exchange}; an answer that comes before the body is whole has the rest of the body
   * thrown away.
   */
  BodyReceiver onHead(HttpRequest head, HttpExchange exchange);

  /**
   * A request with {@code Upgrade: websocket}, version 13, and a key; other versions never get here
   * (426).
   */
  void onUpgrade(HttpRequest request, UpgradeExchange exchange);
}
