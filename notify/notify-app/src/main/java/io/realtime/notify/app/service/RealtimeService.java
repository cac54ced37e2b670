package io.realtime.notify.app.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.realtime.notify.app.config.Config;
import io.realtime.notify.app.node.NodeHome;
import io.realtime.notify.core.alerts.StockAlerts;
import io.realtime.notify.core.catalogue.EventCatalogue;
import io.realtime.notify.core.delivery.Delivery;
import io.realtime.notify.core.delivery.DeliverySettings;
import io.realtime.notify.core.health.Health;
import io.realtime.notify.core.identity.Authenticator;
import io.realtime.notify.core.identity.DevelopmentAuthenticator;
import io.realtime.notify.core.identity.JwtAuthenticator;
import io.realtime.notify.core.metrics.DeliveryMetrics;
import io.realtime.notify.core.presence.LocalPresence;
import io.realtime.notify.core.sockets.NotificationSockets;
import io.realtime.notify.core.sockets.SocketLimits;
import io.realtime.notify.http.RestApi;
import io.realtime.notify.http.RestOptions;
import io.realtime.notify.http.RestPorts;
import io.realtime.notify.http.plain.JsonFrames;
import io.realtime.notify.http.plain.PlainJsonProtocol;
import io.realtime.notify.http.rest.RestAccess;
import io.realtime.notify.http.stream.EventStreamProtocol;
import io.realtime.notify.http.stream.EventStreams;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.deadletter.KafkaDeadLetterPublisher;
import io.realtime.notify.kafka.ingest.KafkaIngest;
import io.realtime.notify.kafka.ingress.KafkaIngressPublisher;
import io.realtime.socketio.netty.NettySocketIoServer;
import io.realtime.socketio.server.api.ConnectionStateRecovery;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.PlainRoute;
import io.realtime.socketio.server.api.ServerOptions;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service, put together: read {@link #wire} from top to bottom to see how it starts, and from
 * bottom to top to see how it stops. It stops reading from Kafka, with a final commit, before it
 * ends connections: what it has not read waits for the next start.
 */
public final class RealtimeService implements AutoCloseable {
  /** An event loop that has not answered for so long is stuck. */
  static final Duration STUCK = Duration.ofSeconds(10);

  /** How long connections may take to end. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(RealtimeService.class);

  private final StopSequence stops;
  private final NettySocketIoServer server;
  private final Health.Source kafka;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private RealtimeService(StopSequence stops, NettySocketIoServer server, Health.Source kafka) {
    this.stops = stops;
    this.server = server;
    this.kafka = kafka;
  }

  /**
   * Starts it; returns when it listens. Kafka is connected to meanwhile and need not be there.
   *
   * @throws StartFailedException when the port cannot be had
   * @throws io.realtime.notify.app.node.NodeHomeException when the data directory cannot be used
   * @throws io.realtime.notify.sqlite.StoreFileException when the store in it cannot be used
   */
  public static RealtimeService start(Config config) {
    config.warnings().forEach(LOG::warn);
    StopSequence stops = new StopSequence();
    try {
      return wire(config, stops);
    } catch (RuntimeException e) {
      stops.run();
      throw e;
    }
  }

  private static RealtimeService wire(Config config, StopSequence stops) {
    InstantSource clock = InstantSource.system();
    AtomicReference<Health.Status> lifecycle = new AtomicReference<>(Health.Status.STARTING);
    NodeHome home = stops.push("data directory", NodeHome.open(config.dataDir()));
    MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    stops.push("metrics", meters::close);
    DeliveryMetrics metrics = new DeliveryMetrics(meters);
    NodeStore store = stops.push("store", NodeStore.open(config, metrics, meters, clock));
    ScheduledExecutorService timer = timer();
    stops.push("timer", timer::shutdownNow);

    // Out: connections, the inboxes behind them, and what is sent.
    LateRoutes routes = new LateRoutes();
    LateSessions sessions = new LateSessions();
    NettySocketIoServer server = server(config, routes, sessions);
    stops.push("connections", () -> close(server));
    ProcessMeters.register(meters, server);
    Namespace main = server.of("/");
    LocalPresence presence = new LocalPresence();
    Authenticator authenticator = authenticator(config.auth(), clock);
    StockAlerts alerts = new StockAlerts(main, config.lowStockThreshold(), clock);
    Delivery delivery =
        new Delivery(
            EventCatalogue.standard(),
            store.guarded(),
            main,
            alerts,
            DeliverySettings.defaults()
                .withMaxConnectionsPerUser(config.listener().maxConnectionsPerUser()),
            metrics,
            clock,
            new SecureRandom());
    NotificationSockets sockets =
        new NotificationSockets(
            authenticator,
            delivery,
            config.proof() == Config.Proof.APP_ACK,
            presence,
            SocketLimits.defaults(),
            clock,
            timer);
    sockets.install(main);
    sessions.bind(sockets);

    every(timer, Duration.ofSeconds(1), delivery::sweep);
    every(timer, Duration.ofMillis(250), store::sweep);

    // In: one way, through Kafka.
    KafkaSettings kafka = KafkaWiring.settings(config.kafka(), home.nodeId());
    var deadLetters = stops.push("dead letters", new KafkaDeadLetterPublisher(kafka));
    var publisher = stops.push("kafka ingress", new KafkaIngressPublisher(kafka));
    KafkaIngest ingest =
        new KafkaIngest(kafka, delivery, store.guarded(), deadLetters, clock, meters);

    // REST, health, docs, pages.
    RestPorts ports =
        new RestPorts(
            publisher,
            store.guarded(),
            presence,
            new NodeAudiences(presence, main),
            access(config.auth(), authenticator),
            streams(authenticator, clock, server),
            List.of(ingest.health(), store),
            lifecycle::get,
            () -> stuck(server));
    RestApi rest =
        stops.push("rest", new RestApi(ports, RestOptions.defaults().withCors(config.cors())));
    routes.bind(rest);

    listen(config, server);
    stops.push("kafka ingest", ingest.start());
    stops.push("readiness", () -> lifecycle.set(Health.Status.DRAINING));
    lifecycle.set(Health.Status.OK);
    LOG.info(
        "listening on {}:{} ({}), node {}, kafka at {}",
        config.listener().host(),
        server.port(),
        server.transportName(),
        home.nodeId(),
        config.kafka().brokers());
    return new RealtimeService(stops, server, ingest.health());
  }

  private static ScheduledExecutorService timer() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> Thread.ofPlatform().name("realtime-timer").daemon().unstarted(task));
  }

  /** A task that throws would never run again. */
  private static void every(ScheduledExecutorService timer, Duration delay, Runnable sweep) {
    var _ =
        timer.scheduleWithFixedDelay(
            () -> {
              try {
                sweep.run();
              } catch (RuntimeException e) {
                LOG.error("a sweep failed; it runs again in a moment", e);
              }
            },
            delay.toMillis(),
            delay.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static NettySocketIoServer server(
      Config config, LateRoutes routes, LateSessions sessions) {
    ServerOptions.Builder options =
        ProductLimits.options()
            .heartbeat(config.heartbeat().interval(), config.heartbeat().timeout())
            .allowEio3(config.allowEio3())
            .connectionStateRecovery(ConnectionStateRecovery.keptBy(sessions));
    config.cors().ifPresent(options::cors);
    return NettySocketIoServer.builder()
        .host(config.listener().host())
        .port(config.listener().port())
        .loops(config.listener().loops())
        .transport(config.listener().transport())
        .maxConnections(config.listener().maxConnections())
        .options(options.build())
        .plainRoutes(
            List.of(
                new PlainRoute(
                    Set.of("/", "/ws"), "/", new PlainJsonProtocol(ProductLimits.PACKET))))
        .routes(routes)
        .build();
  }

  private static Authenticator authenticator(Config.Auth auth, InstantSource clock) {
    return switch (auth) {
      case Config.Auth.Development development -> new DevelopmentAuthenticator();
      case Config.Auth.Jwt jwt -> new JwtAuthenticator(jwt.secret().utf8(), jwt.roleClaim(), clock);
    };
  }

  private static RestAccess access(Config.Auth auth, Authenticator authenticator) {
    return switch (auth) {
      case Config.Auth.Development development -> RestAccess.open();
      case Config.Auth.Jwt jwt -> new TokenAccess(authenticator);
    };
  }

  private static EventStreams streams(
      Authenticator authenticator, InstantSource clock, NettySocketIoServer server) {
    EventStreamProtocol protocol = new EventStreamProtocol(new JsonFrames(ProductLimits.PACKET));
    return new EventStreams(
        authenticator,
        clock,
        (request, exchange, headers) ->
            server.openStream(request, exchange, headers, "/", protocol));
  }

  private static Optional<String> stuck(NettySocketIoServer server) {
    Duration stall = server.longestLoopStall();
    return stall.compareTo(STUCK) < 0
        ? Optional.empty()
        : Optional.of("an event loop has not answered for " + stall.toSeconds() + " s");
  }

  private static void listen(Config config, NettySocketIoServer server) {
    try {
      server.start();
    } catch (BindException e) {
      throw new StartFailedException(
          "Cannot listen on "
              + config.listener().host()
              + ":"
              + config.listener().port()
              + ": "
              + reason(e)
              + " (choose another address with REALTIME_PORT or REALTIME_HOST)",
          e);
    }
  }

  private static String reason(BindException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("in use") ? "the port is taken" : message;
  }

  private static void close(NettySocketIoServer server) throws Exception {
    server.close().toCompletableFuture().get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Whether Kafka is being read, waited for at most {@code timeout}. */
  public boolean awaitKafka(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (kafka.health().status() != Health.Status.OK) {
      if (System.nanoTime() > end || stopped.await(20, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return true;
  }

  /** Returns when {@link #close} has ended. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /** As {@link #awaitStop()}, for at most {@code timeout}; false when that was not enough. */
  public boolean awaitStop(Duration timeout) throws InterruptedException {
    return stopped.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Stops it in order; takes some seconds. A second call waits for the first. */
  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      LOG.info("stopping");
      stops.run();
      LOG.info("stopped");
      stopped.countDown();
      return;
    }
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
