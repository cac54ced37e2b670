package io.realtime.notify.http.stream;

import io.realtime.notify.core.identity.Authenticator;
import io.realtime.notify.core.identity.Credentials;
import io.realtime.notify.core.identity.Identification;
import io.realtime.notify.core.inbox.Position;
import io.realtime.notify.http.web.Problem;
import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Says who may have an event stream before it begins: a browser comes back to whatever has once
 * begun, and to no other answer.
 */
public final class EventStreams {
  /** Where it is. */
  public static final String PATH = "/realtime/events";

  private final Authenticator authenticator;
  private final InstantSource clock;
  private final Opener opener;

  public EventStreams(Authenticator authenticator, InstantSource clock, Opener opener) {
    this.authenticator = authenticator;
    this.clock = clock;
    this.opener = opener;
  }

  /** Makes a request a connection that only listens. On the exchange's loop. */
  @FunctionalInterface
  public interface Opener {
    void open(HttpRequest request, HttpExchange exchange, HttpHeaders headers);
  }

  /** What is wrong with a request; empty: it may have its stream. */
  public Optional<HttpReply> refusal(HttpRequest request) {
    Optional<String> last =
        request.headers().first("last-event-id").or(() -> request.queryFirst("lastEventId"));
    if (last.isPresent() && Position.parse(last.get()).isEmpty()) {
      return Optional.of(
          Problem.of(
                  400,
                  "invalid-last-event-id",
                  "Last-Event-ID must be the id of an event of this stream, or be left out")
              .reply());
    }
    Credentials credentials = Credentials.of(new Handshake(request, clock.instant(), Map.of()));
    return switch (authenticator.identify(credentials)) {
      case Identification.Known _ -> Optional.empty();
      case Identification.Refused refused ->
          Optional.of(
              Problem.of(401, "unauthorized", refused.refusal().message())
                  .reply()
                  .withHeader("www-authenticate", "Bearer"));
    };
  }

  public void open(HttpRequest request, HttpExchange exchange, HttpHeaders headers) {
    opener.open(request, exchange, headers);
  }
}
