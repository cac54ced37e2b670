package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.Admission;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.http.UpgradeExchange.WebSocketLimits;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
  private final Admission admission;
  private final WebSocketLimits limits;
  private final Set<PlainSession> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  /**
   * @param homes the loop at position i has index i
   */
  public PlainSessions(
      ServerOptions options,
      List<HomeLoop> homes,
      Admission admission,
      Tally tally,
      InstantSource wallClock) {
    this.settings = new EngineSettings(options, tally, new SessionTable(), wallClock);
    this.homes = List.copyOf(homes);
    this.admission = admission;
    this.limits = new WebSocketLimits(options.maxPayload(), EngineServer.MESSAGE_DEADLINE_MILLIS);
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
    Optional<HttpReply> refusal =
        closing ? Optional.of(HttpReply.empty(503)) : admission.refuse(request);
    if (refusal.isPresent()) {
      settings.tally().handshakeRefused();
      exchange.refuse(refusal.get());
      return;
    }
    HomeLoop home = homes.get(exchange.loop().index());
    PlainSession session = new PlainSession(settings, this, home, request, receivers);
    exchange.accept(home.loop(), HttpHeaders.empty(), limits, session);
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
