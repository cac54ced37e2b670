package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.transport.Loop;

/**
 * A request while it is being decided about: for a poll, a POST or a WebSocket. On its connection's
 * loop only.
 */
interface Incoming {

  HttpRequest request();

  /** The loop that reads its connection. */
  Loop loop();

  /** What its answer carries, whatever that will be. */
  HttpHeaders carried();

  /** Replaces {@link #carried}. */
  void carry(HttpHeaders headers);

  /** Answers it; last call. */
  void reply(HttpReply reply);

  /** Refuses it; last call. */
  void refuse(EngineError error);

  /** Refuses it with error 4 and the application's words; last call. */
  void forbid(String message);

  /** {@code action} runs if its client goes away before it is answered, as far as that is seen. */
  void whenGone(Runnable action);
}
