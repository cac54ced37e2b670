package io.realtime.socketio.server.api;

import java.util.Set;

/** Which origins may read answers. {@code Origin: null} is never allowed by a list. */
public sealed interface CorsPolicy {

  /** {@code *}, never with credentials. */
  record Any() implements CorsPolicy {}

  /** Exactly these origins ({@code scheme://host[:port]}), reflected, with {@code Vary: Origin}. */
  record Origins(Set<String> origins, boolean credentials) implements CorsPolicy {}
}
