package io.realtime.notify.http.web;

import io.realtime.socketio.server.api.CorsPolicy;
import io.realtime.socketio.server.api.CorsPolicy.OriginRule;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.util.Optional;

/**
 * Which pages may read our answers (the CORS protocol of the Fetch standard). An origin that is not
 * allowed gets the same answer without CORS headers: its browser keeps it from the page. Nothing is
 * copied from a request into a header but an origin that is in the list, byte for byte.
 */
public final class Cors {
  private static final String ALLOWED_METHODS = "GET, HEAD, POST, OPTIONS";
  private static final String ALLOWED_HEADERS =
      "Authorization, Content-Type, Idempotency-Key, Last-Event-ID";
  private static final String PREFLIGHT_SECONDS = "600";

  private final Optional<CorsPolicy> policy;

  /** Empty: same origin only. */
  public Cors(Optional<CorsPolicy> policy) {
    this.policy = policy;
  }

  /** The headers that every answer to {@code request} carries. */
  public HttpHeaders headers(HttpRequest request) {
    if (policy.isEmpty()) {
      return HttpHeaders.empty();
    }
    HttpHeaders exposed = HttpHeaders.of("access-control-expose-headers", "ETag, Retry-After");
    CorsPolicy cors = policy.get();
    if (cors.origin() instanceof OriginRule.Any) {
      return exposed.with("access-control-allow-origin", "*");
    }
    HttpHeaders vary = HttpHeaders.of("vary", "Origin");
    Optional<String> origin = cors.allowedOrigin(request.headers().first("origin"));
    if (origin.isEmpty()) {
      return vary;
    }
    HttpHeaders allowed = vary.withAll(exposed).with("access-control-allow-origin", origin.get());
    return cors.credentials() ? allowed.with("access-control-allow-credentials", "true") : allowed;
  }

  /** The answer to {@code OPTIONS}, before {@link #headers} are added. */
  public HttpReply options(HttpRequest request, String allow) {
    HttpReply reply = HttpReply.empty(204).withHeader("allow", allow);
    boolean preflight =
        request.headers().first("origin").isPresent()
            && request.headers().first("access-control-request-method").isPresent();
    if (!preflight || policy.isEmpty()) {
      return reply;
    }
    if (policy.get().allowedOrigin(request.headers().first("origin")).isEmpty()) {
      return reply;
    }
    return reply
        .withHeader("access-control-allow-methods", ALLOWED_METHODS)
        .withHeader("access-control-allow-headers", ALLOWED_HEADERS)
        .withHeader("access-control-max-age", PREFLIGHT_SECONDS);
  }
}
