package io.realtime.notify.core.identity;

import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * What a caller says about itself, not yet believed. Holds a secret: {@link #toString} leaves it
 * out.
 *
 * @param token the first of {@code auth.token}, {@code query.token} and {@code Authorization:
 *     Bearer}: the payload of a CONNECT is what a client renews without a new URL
 */
public record Credentials(Optional<String> userId, Optional<String> token, Optional<String> role) {
  private static final String BEARER = "bearer ";

  /** Of a Socket.IO or plain WebSocket client. */
  public static Credentials of(Handshake handshake) {
    HttpRequest request = handshake.request();
    return new Credentials(
        request
            .queryFirst("userId")
            .or(() -> handshake.authText("userId"))
            .filter(Credentials::filled),
        handshake.authText("token").filter(Credentials::filled).or(() -> tokenOf(request)),
        request.queryFirst("role").or(() -> handshake.authText("role")));
  }

  /** Of a REST call, which names no user besides its token. */
  public static Credentials of(HttpRequest request) {
    return new Credentials(Optional.empty(), tokenOf(request), Optional.empty());
  }

  private static Optional<String> tokenOf(HttpRequest request) {
    return request
        .queryFirst("token")
        .filter(Credentials::filled)
        .or(() -> request.headers().first("authorization").flatMap(Credentials::bearer));
  }

  /** RFC 6750, 2.1; the scheme's case does not matter (RFC 9110, 11.1). */
  private static Optional<String> bearer(String header) {
    return header.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? Optional.of(header.substring(BEARER.length()).strip()).filter(Credentials::filled)
        : Optional.empty();
  }

  private static boolean filled(String text) {
    return !text.isEmpty();
  }

  @Override
  public String toString() {
    return "Credentials[userId=" + userId + ", token=" + (token.isPresent() ? "***" : "none") + "]";
  }
}
