package io.realtime.socketio.server.core;

import io.realtime.socketio.server.api.HttpRoutes;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.NamespaceRule;
import io.realtime.socketio.server.api.ParentNamespace;
import io.realtime.socketio.server.api.PlainProtocol;
import io.realtime.socketio.server.api.PlainRoute;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.ServerStats;
import io.realtime.socketio.server.api.SocketIoServer;
import io.realtime.socketio.server.engine.EngineServer;
import io.realtime.socketio.server.engine.Ids;
import io.realtime.socketio.server.engine.PlainSessions;
import io.realtime.socketio.server.http.BodyReceiver;
import io.realtime.socketio.server.http.HttpDispatch;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.http.UpgradeExchange;
import io.realtime.socketio.server.loop.Batch;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.namespace.NamespaceParts;
import io.realtime.socketio.server.namespace.Namespaces;
import io.realtime.socketio.server.stats.Tally;
import io.realtime.socketio.server.transport.Loop;
import io.realtime.socketio.server.web.ClientFiles;
import io.realtime.socketio.server.web.Cors;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The Socket.IO server without its listener: what a listener dispatches to. Any thread. */
public final class SocketIoCore implements SocketIoServer, HttpDispatch {
  private final List<HomeLoop> homes;
  private final HttpRoutes routes;
  private final Tally tally;
  private final Namespaces namespaces;
  private final EngineServer engine;
  private final PlainSessions plainSessions;
  private final Map<String, PlainRoute> plainRoutes = new HashMap<>();

  /**
   * A server whose connections live on {@code loops}.
   *
   * @param loops the loop at position i has index i
   * @param extensions what the application plugs in
   * @param random source of session and socket ids: a {@link java.security.SecureRandom} but in
   *     tests
   */
  public SocketIoCore(
      ServerOptions options,
      List<? extends Loop> loops,
      Extensions extensions,
      RandomGenerator random) {
    this.homes = loops.stream().map(HomeLoop::new).toList();
    this.tally = new Tally(homes.size());
    this.routes = routes(options, extensions.routes());
    Ids ids = new Ids(random);
    InstantSource wallClock = InstantSource.system();
    this.namespaces =
        new Namespaces(
            new NamespaceParts(
                options, homes, ids, tally, extensions.payloads(), extensions.adapters()));
    this.engine =
        new EngineServer(
            options, homes, extensions.hooks(), ids, tally, wallClock, namespaces::receiverOf);
    this.plainSessions = new PlainSessions(options, homes, engine, tally, wallClock);
    for (PlainRoute route : extensions.plainRoutes()) {
      route.paths().forEach(path -> plainRoutes.put(path, route));
    }
  }

  private static HttpRoutes routes(ServerOptions options, HttpRoutes own) {
    return options.serveClient()
        ? ClientFiles.below(
            options.path(), SocketIoCore.class.getClassLoader(), new Cors(options.cors()), own)
        : own;
  }

  @Override
  public Namespace of(String name) {
    return namespaces.of(name);
  }

  @Override
  public ParentNamespace of(Pattern pattern) {
    return namespaces.of(pattern);
  }

  @Override
  public ParentNamespace of(NamespaceRule rule) {
    return namespaces.of(rule);
  }

  @Override
  public Collection<Namespace> namespaces() {
    return namespaces.all();
  }

  @Override
  public SocketIoServer onNewNamespace(Consumer<Namespace> listener) {
    namespaces.onNewNamespace(listener);
    return this;
  }

  @Override
  public void batch(Runnable publishing) {
    Batch.run(publishing);
  }

  @Override
  public int connectionCount() {
    return tally.connectionCount();
  }

  @Override
  public ServerStats stats() {
    return tally.snapshot();
  }

  /**
   * The stage completes when every loop has ended the connections it had, and the cluster knows.
   */
  @Override
  public CompletionStage<Void> close() {
    engine.close();
    plainSessions.close();
    List<CompletableFuture<Void>> loopsDone =
        homes.stream().map(home -> CompletableFuture.runAsync(() -> {}, home.loop())).toList();
    return CompletableFuture.allOf(loopsDone.toArray(CompletableFuture[]::new))
        .thenCompose(ended -> namespaces.close());
  }

  @Override
  public void openStream(
      HttpRequest request,
      HttpExchange exchange,
      HttpHeaders headers,
      String namespace,
      PlainProtocol protocol) {
    PlainRoute route = new PlainRoute(Set.of(request.path()), namespace, protocol);
    plainSessions.stream(
        request, exchange, headers, session -> namespaces.receiverOf(session, route));
  }

  @Override
  public BodyReceiver onHead(HttpRequest head, HttpExchange exchange) {
    return engine.owns(head.path())
        ? engine.onHead(head, exchange)
        : new RoutedBody(routes, head, exchange);
  }

  @Override
  public void onUpgrade(HttpRequest request, UpgradeExchange exchange) {
    PlainRoute route = plainRoutes.get(request.path());
    if (engine.owns(request.path())) {
      engine.onUpgrade(request, exchange);
    } else if (route != null) {
      plainSessions.accept(request, exchange, session -> namespaces.receiverOf(session, route));
    } else {
      exchange.refuse(HttpReply.text(404, "No WebSocket here").closing());
    }
  }
}
