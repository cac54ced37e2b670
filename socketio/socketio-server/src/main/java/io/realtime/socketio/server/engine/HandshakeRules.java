package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.revision.Revision;
import java.util.List;
import java.util.Optional;

/**
 * The checks that a request to Engine.IO goes through, in upstream's order: transport, origin, then
 * for a session its id and revision, without one the method; the revision of a new session comes
 * last, behind admission. Pure.
 */
final class HandshakeRules {
  private static final List<String> SINGLE = List.of("EIO", "transport", "sid");

  private final ServerOptions options;

  HandshakeRules(ServerOptions options) {
    this.options = options;
  }

  /** What is wrong with a request before its session is looked up. */
  Optional<EngineError> checkTransport(HttpRequest request) {
    for (String name : SINGLE) {
      if (request.query().getOrDefault(name, List.of()).size() > 1) {
        return Optional.of(EngineError.BAD_REQUEST);
      }
    }
    if (transportOf(request).isEmpty()) {
      return Optional.of(EngineError.TRANSPORT_UNKNOWN);
    }
    Optional<String> origin = request.headers().first("origin");
    if (origin.isPresent() && !isHeaderText(origin.get())) {
      return Optional.of(EngineError.BAD_REQUEST);
    }
    return Optional.empty();
  }

  /** The session that a request names; an empty {@code sid} names none, as upstream has it. */
  static Optional<String> sidOf(HttpRequest request) {
    return request.queryFirst("sid").filter(sid -> !sid.isEmpty());
  }

  /** What is wrong with a request of a session that exists. */
  Optional<EngineError> checkSession(HttpRequest request, Revision revision, boolean upgrade) {
    boolean fits = isWebSocket(request) == upgrade && Revision.of(request).equals(revision);
    return fits ? Optional.empty() : Optional.of(EngineError.BAD_REQUEST);
  }

  /** What is wrong with a request for a new session, before admission. */
  Optional<EngineError> checkHandshake(HttpRequest request, boolean upgrade) {
    if (!request.method().equals("GET")) {
      return Optional.of(EngineError.BAD_HANDSHAKE_METHOD);
    }
    return isWebSocket(request) == upgrade
        ? Optional.empty()
        : Optional.of(EngineError.BAD_REQUEST);
  }

  /** What is wrong with a request for a new session, behind admission. */
  Optional<EngineError> checkRevision(HttpRequest request) {
    return options.allowEio3() || Revision.of(request).number() == 4
        ? Optional.empty()
        : Optional.of(EngineError.UNSUPPORTED_PROTOCOL_VERSION);
  }

  private Optional<TransportName> transportOf(HttpRequest request) {
    String wireName = request.queryFirst("transport").orElse("");
    return options.transports().stream()
        .filter(known -> known == TransportName.POLLING || known == TransportName.WEBSOCKET)
        .filter(known -> known.wireName().equals(wireName))
        .findFirst();
  }

  private boolean isWebSocket(HttpRequest request) {
    return transportOf(request).equals(Optional.of(TransportName.WEBSOCKET));
  }

  /** Field content of RFC 9110, 5.5. */
  private static boolean isHeaderText(String value) {
    return value
        .chars()
        .allMatch(c -> c == '\t' || (c >= 0x20 && c <= 0x7e) || (c >= 0x80 && c <= 0xff));
  }
}
