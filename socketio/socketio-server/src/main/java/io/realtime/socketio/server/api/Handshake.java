package io.realtime.socketio.server.api;

import io.realtime.socketio.server.http.HttpHeaders;
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

  /** The address of the client, without its port; empty when it is not known. */
  public String address() {
    return request.remote().getAddress() == null
        ? request.remote().getHostString()
        : request.remote().getAddress().getHostAddress();
  }

  /** Whether it came over TLS. */
  public boolean secure() {
    return request.secure();
  }

  /** Whether a page of some origin sent it. */
  public boolean xdomain() {
    return request.headers().first("origin").isPresent();
  }

  /** The request target as it was sent: it may hold a token. */
  public String url() {
    return request.target();
  }

  public HttpHeaders headers() {
    return request.headers();
  }

  public Map<String, List<String>> query() {
    return request.query();
  }

  /**
   * As JDK values, with the members that Node gives a handshake: {@code headers, time, address,
   * xdomain, secure, issued, url, query, auth}.
   */
  public Map<String, @Nullable Object> toMap() {
    return HandshakeForm.toMap(this);
  }

  /**
   * What {@link #toMap} gave, perhaps on another node. What a map cannot say is empty; members of a
   * wrong kind count as absent.
   */
  public static Handshake fromMap(Map<String, @Nullable Object> map) {
    return HandshakeForm.fromMap(map);
  }

  /** A text member of {@code auth}. */
  public Optional<String> authText(String name) {
    return auth.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
