package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.EngineHooks;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.http.BodyReceiver;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.http.UpgradeExchange.WebSocketLimits;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import io.realtime.socketio.server.transport.Loop;
import io.realtime.socketio.server.web.Cors;
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
  private final Doorkeeper doorkeeper;
  private final AnswerRules answers;
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
      EngineHooks hooks,
      Ids ids,
      Tally tally,
      InstantSource wallClock,
      Function<EngineSession, SessionReceiver> receivers) {
    this.settings = new EngineSettings(options, tally, new SessionTable(), wallClock);
    this.homes = List.copyOf(homes);
    this.doorkeeper = new Doorkeeper(this.homes, hooks, options.hold(), tally);
    this.answers = new AnswerRules(options, hooks);
    this.ids = ids;
    this.receivers = receivers;
    this.rules = new HandshakeRules(options);
    this.cors = new Cors(options.cors());
    this.polling = new PollingRequests(tally);
    this.limits =
        new WebSocketLimits(
            options.maxPayload(), MESSAGE_DEADLINE_MILLIS, options.perMessageDeflate());
  }

  /** Whether a request of this path is Engine.IO's. */
  public boolean owns(String path) {
    String own = settings.options().path();
    return path.startsWith(own)
        && (path.length() == own.length()
            || (path.length() == own.length() + 1 && path.charAt(own.length()) == '/'));
  }

  /** Lets requests of another kind past the same admission. */
  Doorkeeper doorkeeper() {
    return doorkeeper;
  }

  /** The head of a request that does not ask for an upgrade; on its connection's loop. */
  public BodyReceiver onHead(HttpRequest head, HttpExchange raw) {
    EngineExchange exchange = new EngineExchange(head, raw, answers, cors.headers(head));
    IncomingBody body = new IncomingBody(exchange, settings.options().maxPayload());
    Optional<HttpReply> preflight = cors.preflight(head);
    if (head.method().equals("TRACE")) {
      exchange.reply(HttpReply.empty(405).withHeader("allow", "GET, POST, OPTIONS"));
    } else if (preflight.isPresent()) {
      exchange.reply(preflight.get());
    } else {
      doorkeeper.pass(exchange, () -> serve(exchange, body));
    }
    return body;
  }

  private void serve(EngineExchange exchange, IncomingBody body) {
    if (body.refused()) {
      return;
    }
    HttpRequest request = exchange.request();
    Optional<EngineError> fault = rules.checkTransport(request);
    Optional<String> sid = HandshakeRules.sidOf(request);
    if (fault.isPresent()) {
      exchange.refuse(fault.get());
    } else if (sid.isPresent()) {
      toSession(sid.get(), exchange, body);
    } else {
      handshake(exchange);
    }
  }

  private void toSession(String sid, EngineExchange exchange, IncomingBody body) {
    HttpRequest request = exchange.request();
    Optional<EngineSession> found = settings.sessions().find(sid);
    if (found.isEmpty()) {
      exchange.refuse(EngineError.SESSION_UNKNOWN);
      return;
    }
    EngineSession session = found.get();
    Optional<EngineError> fault = rules.checkSession(request, session.revision(), false);
    if (fault.isPresent()) {
      exchange.refuse(fault.get());
      return;
    }
    switch (request.method()) {
      case "GET" -> polling.get(session, exchange);
      case "POST" -> polling.post(session, exchange, body);
      default ->
          exchange.reply(
              session.transport() == TransportName.POLLING
                  ? HttpReply.empty(500)
                  : EngineError.BAD_REQUEST.reply());
    }
  }

  private void handshake(EngineExchange exchange) {
    admit(
        exchange,
        false,
        () -> {
          HomeLoop home = home(exchange.loop());
          EngineSession session =
              new EngineSession(settings, ids.next(), home, exchange.request(), null);
          exchange.opens(session.sid());
          session.open();
          polling.get(session, exchange);
          session.attach(receivers.apply(session));
          endIfClosing(session);
        });
  }

  /** A request for a WebSocket; on its connection's loop. */
  public void onUpgrade(HttpRequest request, UpgradeExchange raw) {
    EngineUpgrade upgrade = new EngineUpgrade(request, raw, cors.headers(request));
    doorkeeper.pass(upgrade, () -> serve(upgrade));
  }

  private void serve(EngineUpgrade upgrade) {
    Optional<EngineError> fault = rules.checkTransport(upgrade.request());
    Optional<String> sid = HandshakeRules.sidOf(upgrade.request());
    if (fault.isPresent()) {
      upgrade.refuse(fault.get());
    } else if (sid.isPresent()) {
      upgradeSession(sid.get(), upgrade);
    } else {
      openWebSocket(upgrade);
    }
  }

  private void upgradeSession(String sid, EngineUpgrade upgrade) {
    Optional<EngineSession> found = settings.sessions().find(sid);
    Optional<EngineError> fault =
        found.isEmpty()
            ? Optional.of(EngineError.SESSION_UNKNOWN)
            : rules.checkSession(upgrade.request(), found.get().revision(), true);
    if (fault.isPresent()) {
      upgrade.refuse(fault.get());
      return;
    }
    EngineSession session = found.orElseThrow();
    EngineWebSocket candidate =
        new EngineWebSocket(
            upgrade.request(),
            open -> {
              session.sessionTransport().onCandidate(open);
              return session;
            });
    accept(upgrade, session.home(), false, candidate);
  }

  private void openWebSocket(EngineUpgrade upgrade) {
    admit(
        upgrade,
        true,
        () -> {
          HomeLoop home = home(upgrade.loop());
          HttpRequest request = upgrade.request();
          EngineWebSocket webSocket =
              new EngineWebSocket(
                  request,
                  open -> {
                    EngineSession session =
                        new EngineSession(settings, ids.next(), home, request, open);
                    session.open();
                    session.attach(receivers.apply(session));
                    endIfClosing(session);
                    return session;
                  });
          accept(upgrade, home, true, webSocket);
        });
  }

  private void accept(
      EngineUpgrade upgrade, HomeLoop home, boolean opens, EngineWebSocket webSocket) {
    HttpHeaders headers = answers.upgrade(upgrade.carried(), upgrade.request(), opens);
    upgrade.exchange().accept(home.loop(), headers, limits, webSocket);
  }

  /** Runs {@code open} for a request that may open a session, and refuses any other. */
  private void admit(Incoming incoming, boolean upgrade, Runnable open) {
    Optional<EngineError> fault = rules.checkHandshake(incoming.request(), upgrade);
    if (closing) {
      settings.tally().handshakeRefused();
      incoming.reply(Doorkeeper.unavailable());
    } else if (fault.isPresent()) {
      settings.tally().handshakeRefused();
      incoming.refuse(fault.get());
    } else {
      doorkeeper.admit(incoming, () -> checkRevision(incoming, open));
    }
  }

  private void checkRevision(Incoming incoming, Runnable open) {
    Optional<EngineError> fault = rules.checkRevision(incoming.request());
    if (fault.isPresent()) {
      settings.tally().handshakeRefused();
      incoming.refuse(fault.get());
    } else {
      open.run();
    }
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
    doorkeeper.close();
    for (EngineSession session : settings.sessions().snapshot()) {
      session.home().run(() -> session.shutDown(DisconnectReason.SERVER_SHUTTING_DOWN));
    }
  }
}
