package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.CorsPolicy;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The headers that tell a browser which origins may read an answer; not an access check. They stand
 * on every answer, errors and 101 included. Immutable; any thread.
 */
final class Cors {
  private static final String METHODS = "GET,HEAD,PUT,PATCH,POST,DELETE";
  private static final int MAX_REFLECTED = 1_024;

  /** Header names (RFC 9110, 5.6.2) and nothing else may come back to the client. */
  private static final Pattern HEADER_NAMES =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+.^_`|~-]+(?:[ \\t]*,[ \\t]*[A-Za-z0-9!#$%&'*+.^_`|~-]+)*+");

  private static final HttpHeaders ANY = HttpHeaders.of("access-control-allow-origin", "*");
  private static final HttpHeaders VARY = HttpHeaders.of("vary", "Origin");

  private final Optional<CorsPolicy> policy;

  Cors(Optional<CorsPolicy> policy) {
    this.policy = policy;
  }

  /** For any answer to {@code request}. */
  HttpHeaders headers(HttpRequest request) {
    if (policy.isEmpty()) {
      return HttpHeaders.empty();
    }
    return switch (policy.get()) {
      case CorsPolicy.Any _ -> ANY;
      case CorsPolicy.Origins allowed -> reflect(allowed, request);
    };
  }

  /** The answer to a preflight, when {@code request} is one and there is a policy. */
  Optional<HttpReply> preflight(HttpRequest request) {
    if (policy.isEmpty() || !request.method().equals("OPTIONS")) {
      return Optional.empty();
    }
    HttpReply reply = HttpReply.empty(204).withHeader("access-control-allow-methods", METHODS);
    Optional<String> asked = request.headers().first("access-control-request-headers");
    if (asked.isEmpty()) {
      return Optional.of(reply);
    }
    reply = reply.withHeader("vary", "Access-Control-Request-Headers");
    String names = asked.get();
    boolean clean = names.length() <= MAX_REFLECTED && HEADER_NAMES.matcher(names).matches();
    return Optional.of(clean ? reply.withHeader("access-control-allow-headers", names) : reply);
  }

  private static HttpHeaders reflect(CorsPolicy.Origins allowed, HttpRequest request) {
    Optional<String> origin = request.headers().first("origin");
    if (origin.isEmpty()
        || origin.get().equals("null")
        || !allowed.origins().contains(origin.get())) {
      return VARY;
    }
    HttpHeaders headers = VARY.with("access-control-allow-origin", origin.get());
    return allowed.credentials()
        ? headers.with("access-control-allow-credentials", "true")
        : headers;
  }
}
