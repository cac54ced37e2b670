package io.realtime.socketio.server.api;

import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.util.Optional;

/**
 * Decides about a request that would open a connection, before anything is allocated for it. Called
 * on a loop; must not block.
 */
@FunctionalInterface
public interface Admission {

  /**
   * Empty admits; a reply refuses with it (for what is temporary: 503, after which the client comes
   * back by itself).
   */
  Optional<HttpReply> refuse(HttpRequest request);
}
