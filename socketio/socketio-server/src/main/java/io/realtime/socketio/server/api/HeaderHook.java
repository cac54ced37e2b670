package io.realtime.socketio.server.api;

import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpRequest;

/** Changes the headers of an answer just before it is sent. Called on a loop; must not block. */
@FunctionalInterface
public interface HeaderHook {
  /** Leaves them as they are. */
  HeaderHook NONE = (headers, request) -> headers;

  /**
   * @return all headers that the answer is to carry; those that frame it are the listener's own
   */
  HttpHeaders apply(HttpHeaders headers, HttpRequest request);
}
