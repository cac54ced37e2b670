package io.realtime.socketio.server.api;

import io.realtime.socketio.server.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client said when it connected. Holds secrets (tokens in query, headers or auth): never log
 * it.
 *
 * @param request the request that opened the connection
 * @param issued when
 * @param auth the payload of this namespace's CONNECT; empty when there was none
 */
public record Handshake(HttpRequest request, Instant issued, Map<String, @Nullable Object> auth) {

  public Map<String, List<String>> query() {
    return request.query();
  }

  /** A text member of {@code auth}. */
  public Optional<String> authText(String name) {
    return auth.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
