package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.http.UpgradeExchange.WebSocketLimits;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The WebSockets without Engine.IO that are open. Any thread. Their number is bounded by admission
 * and the listener's connections.
 */
public final class PlainSessions {
  private final EngineSettings settings;
  private final List<HomeLoop> homes;
  private final Doorkeeper doorkeeper;
  private final WebSocketLimits limits;
  private final Set<PlainSession> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  /**
   * @param homes the loop at position i has index i
   * @param engine whose admission these ask too
   */
  public PlainSessions(
      ServerOptions options,
      List<HomeLoop> homes,
      EngineServer engine,
      Tally tally,
      InstantSource wallClock) {
    this.settings = new EngineSettings(options, tally, new SessionTable(), wallClock);
    this.homes = List.copyOf(homes);
    this.doorkeeper = engine.doorkeeper();
    this.limits =
        new WebSocketLimits(
            options.maxPayload(),
            EngineServer.MESSAGE_DEADLINE_MILLIS,
            options.perMessageDeflate());
  }

  /**
   * Accepts a WebSocket, if admission does.
   *
   * @param receivers makes the layer above it; called on its home loop
   */
  public void accept(
      HttpRequest request,
      UpgradeExchange exchange,
      Function<PlainSession, SessionReceiver> receivers) {
    accept(request, exchange, TransportName.PLAIN_WEBSOCKET, receivers);
  }

  /**
   * The same for a stream of server-sent events: a client that only listens.
   *
   * @param headers of its answer
   */
  public void stream(
      HttpRequest request,
      HttpExchange exchange,
      HttpHeaders headers,
      Function<PlainSession, SessionReceiver> receivers) {
    accept(
        request, new EventStreamUpgrade(exchange, headers), TransportName.EVENT_STREAM, receivers);
  }

  private void accept(
      HttpRequest request,
      UpgradeExchange exchange,
      TransportName transport,
      Function<PlainSession, SessionReceiver> receivers) {
    EngineUpgrade upgrade = new EngineUpgrade(request, exchange, HttpHeaders.empty());
    if (closing) {
      settings.tally().handshakeRefused();
      upgrade.reply(Doorkeeper.unavailable());
      return;
    }
    doorkeeper.admit(
        upgrade,
        () -> {
          HomeLoop home = homes.get(exchange.loop().index());
          PlainSession session =
              new PlainSession(settings, this, home, transport, request, receivers);
          exchange.accept(home.loop(), HttpHeaders.empty(), limits, session);
        });
  }

  void add(PlainSession session) {
    open.add(session);
  }

  /** Whether {@link #close} may have missed a session that has been added meanwhile. */
  boolean closing() {
    return closing;
  }

  void remove(PlainSession session) {
    open.remove(session);
  }

  /** Closes every one with {@code server shutting down}; new ones get 503. */
  public void close() {
    closing = true;
    for (PlainSession session : open) {
      session.home().run(() -> session.close(DisconnectReason.SERVER_SHUTTING_DOWN));
    }
  }
}
