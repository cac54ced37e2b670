package io.realtime.socketio.server.http;

/**
 * What a listener calls. Called on the connection's loop, so it must not block: slow work goes to a
 * thread of its own.
 */
public interface HttpDispatch {

  /**
   * The longest body that this request may have, in bytes; one byte more is answered with 413. The
   * body of {@code head} is empty.
   */
  int maxBodyBytes(HttpRequest head);

  void onRequest(HttpRequest request, HttpExchange exchange);

  /**
   * A request with {@code Upgrade: websocket}, version 13, and a key; other versions never get here
   * (426).
   */
  void onUpgrade(HttpRequest request, UpgradeExchange exchange);
}
