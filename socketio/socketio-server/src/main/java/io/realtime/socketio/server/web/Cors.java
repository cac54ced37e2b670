package io.realtime.socketio.server.web;

import io.realtime.socketio.server.api.CorsPolicy;
import io.realtime.socketio.server.api.CorsPolicy.OriginRule;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The headers that tell a browser which origins may read an answer; not an access check. They stand
 * on every answer, errors and 101 included. Immutable; any thread.
 */
public final class Cors {
  private static final Logger LOG = LoggerFactory.getLogger(Cors.class);
  private static final int MAX_REFLECTED = 1_024;

  /** Header names (RFC 9110, 5.6.2) and nothing else may come back to the client. */
  private static final Pattern HEADER_NAMES =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+.^_`|~-]+(?:[ \\t]*,[ \\t]*[A-Za-z0-9!#$%&'*+.^_`|~-]+)*+");

  private static final HttpHeaders ANY = HttpHeaders.of("access-control-allow-origin", "*");
  private static final HttpHeaders VARY = HttpHeaders.of("vary", "Origin");

  private final Optional<CorsPolicy> policy;

  /** Empty: no CORS headers. */
  public Cors(Optional<CorsPolicy> policy) {
    this.policy = policy;
  }

  /** For any answer to {@code request}. */
  public HttpHeaders headers(HttpRequest request) {
    if (policy.isEmpty()) {
      return HttpHeaders.empty();
    }
    CorsPolicy cors = policy.get();
    HttpHeaders headers = cors.origin() instanceof OriginRule.Any ? ANY : named(cors, request);
    return cors.exposedHeaders().isEmpty()
        ? headers
        : headers.with("access-control-expose-headers", String.join(",", cors.exposedHeaders()));
  }

  /** The answer to a preflight, without {@link #headers}, when {@code request} is one. */
  public Optional<HttpReply> preflight(HttpRequest request) {
    if (policy.isEmpty() || !request.method().equals("OPTIONS")) {
      return Optional.empty();
    }
    CorsPolicy cors = policy.get();
    HttpReply reply =
        HttpReply.empty(204)
            .withHeader("access-control-allow-methods", String.join(",", cors.methods()));
    if (cors.maxAge().isPresent()) {
      reply =
          reply.withHeader(
              "access-control-max-age", Long.toString(cors.maxAge().get().toSeconds()));
    }
    return Optional.of(withAllowedHeaders(cors, request, reply));
  }

  private static HttpReply withAllowedHeaders(
      CorsPolicy cors, HttpRequest request, HttpReply reply) {
    if (cors.allowedHeaders().isPresent()) {
      String names = String.join(",", cors.allowedHeaders().get());
      return names.isEmpty() ? reply : reply.withHeader("access-control-allow-headers", names);
    }
    HttpReply varying = reply.withHeader("vary", "Access-Control-Request-Headers");
    String names = request.headers().first("access-control-request-headers").orElse("");
    boolean clean = names.length() <= MAX_REFLECTED && HEADER_NAMES.matcher(names).matches();
    return clean ? varying.withHeader("access-control-allow-headers", names) : varying;
  }

  private static HttpHeaders named(CorsPolicy cors, HttpRequest request) {
    Optional<String> allowed = allowed(cors, request);
    if (allowed.isEmpty()) {
      return VARY;
    }
    HttpHeaders headers = VARY.with("access-control-allow-origin", allowed.get());
    return cors.credentials() ? headers.with("access-control-allow-credentials", "true") : headers;
  }

  private static Optional<String> allowed(CorsPolicy cors, HttpRequest request) {
    try {
      return cors.allowedOrigin(request.headers().first("origin"));
    } catch (RuntimeException failure) {
      LOG.error("the rule for origins failed; the origin is not allowed", failure);
      return Optional.empty();
    }
  }
}
