package io.realtime.notify.http.rest;

import io.realtime.socketio.server.http.HttpRequest;
import java.time.Duration;
import java.util.Set;

/**
 * Says who calls the REST API. Called on a virtual thread and may block for a bounded time; what it
 * throws is answered with 500. Never logs a token.
 */
@FunctionalInterface
public interface RestAccess {

  Decision identify(HttpRequest request);

  /** Everybody is an administrator: for development. */
  static RestAccess open() {
    Decision everybody = new Decision.Caller("development", true, Set.of());
    return request -> everybody;
  }

  /** Who it is, or why that is not known. */
  sealed interface Decision {

    /**
     * A known caller.
     *
     * @param subject the user or client id
     * @param admin may do everything
     * @param scopes what the token grants besides
     */
    record Caller(String subject, boolean admin, Set<String> scopes) implements Decision {
      public boolean may(String scope) {
        return admin || scopes.contains(scope);
      }
    }

    /**
     * No valid token (RFC 6750, 3).
     *
     * @param presented whether there was a token at all
     */
    record Unauthorized(boolean presented) implements Decision {}

    /** It cannot be told now, for instance because no keys are loaded yet. */
    record Unavailable(Duration retryAfter) implements Decision {}
  }
}
