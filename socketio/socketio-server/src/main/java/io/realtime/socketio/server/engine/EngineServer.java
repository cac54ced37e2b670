package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.Admission;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.http.UpgradeExchange.WebSocketLimits;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import io.realtime.socketio.server.transport.Loop;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The Engine.IO server: verifies requests, opens sessions, and hands the requests of a session to
 * its home loop. Any thread.
 */
public final class EngineServer {
  /** From the first to the last byte of one WebSocket message. */
  public static final int MESSAGE_DEADLINE_MILLIS = 30_000;

  private final EngineSettings settings;
  private final List<HomeLoop> homes;
  private final Admission admission;
  private final Ids ids;
  private final Function<EngineSession, SessionReceiver> receivers;
  private final HandshakeRules rules;
  private final Cors cors;
  private final PollingRequests polling;
  private final WebSocketLimits limits;
  private volatile boolean closing;

  /**
   * @param homes the loop at position i has index i
   * @param receivers makes the layer above one session; called on its home loop
   */
  public EngineServer(
      ServerOptions options,
      List<HomeLoop> homes,
      Admission admission,
      Ids ids,
      Tally tally,
      InstantSource wallClock,
      Function<EngineSession, SessionReceiver> receivers) {
    this.settings = new EngineSettings(options, tally, new SessionTable(), wallClock);
    this.homes = List.copyOf(homes);
    this.admission = admission;
    this.ids = ids;
    this.receivers = receivers;
    this.rules = new HandshakeRules(options);
    this.cors = new Cors(options.cors());
    this.polling = new PollingRequests(tally);
    this.limits = new WebSocketLimits(options.maxPayload(), MESSAGE_DEADLINE_MILLIS);
  }

  /** Whether a request of this path is Engine.IO's. */
  public boolean owns(String path) {
    String own = settings.options().path();
    return path.startsWith(own)
        && (path.length() == own.length()
            || (path.length() == own.length() + 1 && path.charAt(own.length()) == '/'));
  }

  /** A request that does not ask for an upgrade. */
  public void onRequest(HttpRequest request, HttpExchange raw) {
    CorsExchange exchange = new CorsExchange(raw, cors.headers(request));
    if (request.method().equals("TRACE")) {
      exchange.reply(HttpReply.empty(405).withHeader("allow", "GET, POST, OPTIONS"));
      return;
    }
    Optional<HttpReply> preflight = cors.preflight(request);
    if (preflight.isPresent()) {
      exchange.reply(preflight.get());
      return;
    }
    Optional<EngineError> fault = rules.checkTransport(request);
    if (fault.isPresent()) {
      exchange.reply(fault.get().reply());
    } else if (request.queryFirst("sid").isPresent()) {
      toSession(request, exchange);
    } else {
      handshake(request, exchange);
    }
  }

  private void toSession(HttpRequest request, CorsExchange exchange) {
    Optional<EngineSession> found =
        settings.sessions().find(request.queryFirst("sid").orElseThrow());
    if (found.isEmpty()) {
      exchange.reply(EngineError.SESSION_UNKNOWN.reply());
      return;
    }
    EngineSession session = found.get();
    Optional<EngineError> fault = rules.checkSession(request, session.revision(), false);
    if (fault.isPresent()) {
      exchange.reply(fault.get().reply());
      return;
    }
    switch (request.method()) {
      case "GET" -> polling.get(session, exchange);
      case "POST" -> polling.post(session, request, exchange);
      default ->
          exchange.reply(
              session.transport() == TransportName.POLLING
                  ? HttpReply.empty(500)
                  : EngineError.BAD_REQUEST.reply());
    }
  }

  private void handshake(HttpRequest request, CorsExchange exchange) {
    Optional<HttpReply> refusal = refusal(request, false);
    if (refusal.isPresent()) {
      settings.tally().handshakeRefused();
      exchange.reply(refusal.get());
      return;
    }
    HomeLoop home = home(exchange.exchange().loop());
    home.run(
        () -> {
          EngineSession session = new EngineSession(settings, ids.next(), home, request, null);
          session.open(receivers.apply(session));
          polling.get(session, exchange);
          endIfClosing(session);
        });
  }

  /** A request for a WebSocket. */
  public void onUpgrade(HttpRequest request, UpgradeExchange exchange) {
    Optional<EngineError> fault = rules.checkTransport(request);
    if (fault.isPresent()) {
      refuse(request, exchange, fault.get().upgradeReply());
    } else if (request.queryFirst("sid").isPresent()) {
      upgradeSession(request, exchange);
    } else {
      openWebSocket(request, exchange);
    }
  }

  private void upgradeSession(HttpRequest request, UpgradeExchange exchange) {
    Optional<EngineSession> found =
        settings.sessions().find(request.queryFirst("sid").orElseThrow());
    Optional<EngineError> fault =
        found.isEmpty()
            ? Optional.of(EngineError.SESSION_UNKNOWN)
            : rules.checkSession(request, found.get().revision(), true);
    if (fault.isPresent()) {
      refuse(request, exchange, fault.get().upgradeReply());
      return;
    }
    EngineSession session = found.orElseThrow();
    EngineWebSocket candidate =
        new EngineWebSocket(
            request,
            open -> {
              session.sessionTransport().onCandidate(open);
              return session;
            });
    exchange.accept(session.home().loop(), cors.headers(request), limits, candidate);
  }

  private void openWebSocket(HttpRequest request, UpgradeExchange exchange) {
    Optional<HttpReply> refusal = refusal(request, true);
    if (refusal.isPresent()) {
      settings.tally().handshakeRefused();
      refuse(request, exchange, refusal.get());
      return;
    }
    HomeLoop home = home(exchange.loop());
    EngineWebSocket webSocket =
        new EngineWebSocket(
            request,
            open -> {
              EngineSession session = new EngineSession(settings, ids.next(), home, request, open);
              session.open(receivers.apply(session));
              endIfClosing(session);
              return session;
            });
    exchange.accept(home.loop(), cors.headers(request), limits, webSocket);
  }

  private Optional<HttpReply> refusal(HttpRequest request, boolean upgrade) {
    if (closing) {
      return Optional.of(HttpReply.empty(503));
    }
    Optional<EngineError> fault = rules.checkHandshake(request, upgrade);
    if (fault.isEmpty()) {
      Optional<HttpReply> refused = admission.refuse(request);
      if (refused.isPresent()) {
        return refused;
      }
      fault = rules.checkRevision(request);
    }
    return fault.map(error -> upgrade ? error.upgradeReply() : error.reply());
  }

  private void refuse(HttpRequest request, UpgradeExchange exchange, HttpReply reply) {
    exchange.refuse(
        new HttpReply(
            reply.status(),
            reply.headers().withAll(cors.headers(request)),
            reply.body(),
            reply.closeAfter()));
  }

  private HomeLoop home(Loop loop) {
    return homes.get(loop.index());
  }

  /** It may have been on its way when {@link #close} looked for sessions. */
  private void endIfClosing(EngineSession session) {
    if (closing) {
      session.shutDown(DisconnectReason.SERVER_SHUTTING_DOWN);
    }
  }

  /** Ends every session with {@code server shutting down}; new ones get 503. */
  public void close() {
    closing = true;
    for (EngineSession session : settings.sessions().snapshot()) {
      session.home().run(() -> session.shutDown(DisconnectReason.SERVER_SHUTTING_DOWN));
    }
  }
}
