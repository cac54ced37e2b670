package io.realtime.socketio.server.http;

import io.realtime.socketio.server.transport.Loop;

/**
 * The way back for one request. Exactly one of {@link #reply} and {@link #stream} is called, once,
 * from any thread; answers of a pipelined connection keep the order of their requests.
 */
public interface HttpExchange {

  /** The loop that reads this connection. */
  Loop loop();

  void reply(HttpReply reply);

  /** Sends the head now and the body in pieces until {@link HttpStream#end}. */
  HttpStream stream(int status, HttpHeaders headers);

  /**
   * {@code action} runs once, on {@link #loop}, if the peer goes away before the answer is
   * complete.
   */
  void onAbort(Runnable action);
}
