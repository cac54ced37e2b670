package io.realtime.socketio.netty;

import io.realtime.socketio.netty.loop.NettyLoops;
import io.realtime.socketio.netty.tls.TlsOptions;
import io.realtime.socketio.server.adapter.AdapterFactory;
import io.realtime.socketio.server.api.Admission;
import io.realtime.socketio.server.api.EngineHooks;
import io.realtime.socketio.server.api.EngineMiddleware;
import io.realtime.socketio.server.api.HeaderHook;
import io.realtime.socketio.server.api.HttpRoutes;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.NamespaceRule;
import io.realtime.socketio.server.api.ParentNamespace;
import io.realtime.socketio.server.api.PayloadMapper;
import io.realtime.socketio.server.api.PlainProtocol;
import io.realtime.socketio.server.api.PlainRoute;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.api.ServerStats;
import io.realtime.socketio.server.api.SocketIoServer;
import io.realtime.socketio.server.core.Extensions;
import io.realtime.socketio.server.core.SocketIoCore;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpRequest;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO server on one TCP port. Build it, register namespaces and listeners, then {@link
 * #start}. Any thread.
 */
public final class NettySocketIoServer implements SocketIoServer {
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(2);

  private final ListenerOptions options;
  private final NettyLoops loops;
  private final SocketIoCore core;
  private final AtomicReference<@Nullable NettyListener> listener = new AtomicReference<>();

  private @Nullable CompletionStage<Void> closed;

  private NettySocketIoServer(Builder builder) {
    this.options = builder.listener;
    this.loops = NettyLoops.start(builder.transport.candidates(), builder.loops);
    this.core =
        new SocketIoCore(builder.options, loops.loops(), builder.extensions, new SecureRandom());
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts to listen; once.
   *
   * @throws BindException when the address cannot be had, naming it
   */
  public synchronized void start() throws BindException {
    if (listener.get() != null) {
      throw new IllegalStateException("this server has been started");
    }
    listener.set(NettyListener.bind(loops, core, options));
  }

  /** The port that it listens on, once started. */
  public int port() {
    return started().port();
  }

  /** {@code io_uring}, {@code epoll} or {@code nio}. */
  public String transportName() {
    return loops.transport().wireName();
  }

  /** TCP connections that are open, those of HTTP requests among them. */
  public int tcpConnectionCount() {
    NettyListener current = listener.get();
    return current == null ? 0 : current.connectionCount();
  }

  /**
   * TCP connections that have been accepted and are yet to be set up, as thousands may be that come
   * at once; at most 4,096. They are not among those of {@link #tcpConnectionCount}.
   */
  public int acceptedTcpConnectionCount() {
    NettyListener current = listener.get();
    return current == null ? 0 : current.acceptedCount();
  }

  /**
   * How long the slowest event loop has kept a probe waiting. A loop that hangs is seen by the
   * second call: ask once in a few seconds.
   */
  public Duration longestLoopStall() {
    return loops.longestStall();
  }

  /** How often an event loop has stalled for 1 s or more; the log has the stack of each. */
  public long loopStalls() {
    return loops.stalls();
  }

  @Override
  public Namespace of(String name) {
    return core.of(name);
  }

  @Override
  public ParentNamespace of(Pattern pattern) {
    return core.of(pattern);
  }

  @Override
  public ParentNamespace of(NamespaceRule rule) {
    return core.of(rule);
  }

  @Override
  public Collection<Namespace> namespaces() {
    return core.namespaces();
  }

  @Override
  public NettySocketIoServer onNewNamespace(Consumer<Namespace> newNamespaceListener) {
    core.onNewNamespace(newNamespaceListener);
    return this;
  }

  @Override
  public void batch(Runnable publishing) {
    core.batch(publishing);
  }

  @Override
  public void openStream(
      HttpRequest request,
      HttpExchange exchange,
      HttpHeaders headers,
      String namespace,
      PlainProtocol protocol) {
    core.openStream(request, exchange, headers, namespace, protocol);
  }

  @Override
  public int connectionCount() {
    return core.connectionCount();
  }

  @Override
  public ServerStats stats() {
    return core.stats();
  }

  /**
   * Stops accepting, ends the sessions, lets answers leave for at most 2 s, ends the loops. Called
   * again it gives the stage of the first call.
   */
  @Override
  public synchronized CompletionStage<Void> close() {
    CompletionStage<Void> begun = closed;
    if (begun == null) {
      begun = closeOnce();
      closed = begun;
    }
    return begun;
  }

  private CompletionStage<Void> closeOnce() {
    NettyListener current = listener.get();
    if (current == null) {
      return core.close().thenCompose(ended -> loops.close());
    }
    return current
        .stopAccepting()
        .thenCompose(stopped -> core.close())
        .thenCompose(ended -> drained(current))
        .thenCompose(drained -> loops.close());
  }

  private static CompletionStage<Void> drained(NettyListener listener) {
    listener.drain();
    return listener
        .whenEmpty()
        .toCompletableFuture()
        .completeOnTimeout(null, DRAIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private NettyListener started() {
    NettyListener current = listener.get();
    if (current == null) {
      throw new IllegalStateException("this server has not been started");
    }
    return current;
  }

  /** How a server is put together; the defaults are Node's where Node has one. */
  public static final class Builder {
    private ListenerOptions listener = ListenerOptions.defaults();
    private TransportChoice transport = TransportChoice.AUTO;
    private int loops = Runtime.getRuntime().availableProcessors();
    private ServerOptions options = ServerOptions.defaults();
    private Extensions extensions = Extensions.none();

    private Builder() {}

    /** Address to bind; all by default. */
    public Builder host(String host) {
      listener = listener.withAddress(host, listener.port());
      return this;
    }

    /** Port to bind; 0, the default, lets the system choose. */
    public Builder port(int port) {
      listener = listener.withAddress(listener.host(), port);
      return this;
    }

    /** Event loops; one for each processor by default. */
    public Builder loops(int count) {
      loops = count;
      return this;
    }

    public Builder transport(TransportChoice choice) {
      transport = choice;
      return this;
    }

    public Builder options(ServerOptions serverOptions) {
      options = serverOptions;
      return this;
    }

    /** Decides who may connect; everyone by default. */
    public Builder admission(Admission admission) {
      return hooks(hooks -> hooks.withAdmission(admission));
    }

    /** Runs for every Engine.IO request, upgrades included, behind those that there are. */
    public Builder use(EngineMiddleware middleware) {
      return hooks(hooks -> hooks.withMiddleware(middleware));
    }

    /** Changes the headers of a session's first answer. */
    public Builder initialHeaders(HeaderHook hook) {
      return hooks(hooks -> hooks.withInitialHeaders(hook));
    }

    /** Changes the headers of every answer of a session, of the 101 too. */
    public Builder headers(HeaderHook hook) {
      return hooks(hooks -> hooks.withHeaders(hook));
    }

    private Builder hooks(UnaryOperator<EngineHooks> change) {
      extensions = extensions.withHooks(change.apply(extensions.hooks()));
      return this;
    }

    /** Plain WebSockets; none by default. */
    public Builder plainRoutes(List<PlainRoute> newPlainRoutes) {
      extensions = extensions.withPlainRoutes(newPlainRoutes);
      return this;
    }

    /** The application's HTTP; everything is 404 by default. */
    public Builder routes(HttpRoutes newRoutes) {
      extensions = extensions.withRoutes(newRoutes);
      return this;
    }

    /** The way to the other nodes of a cluster; one node by default. */
    public Builder adapters(AdapterFactory newAdapters) {
      extensions = extensions.withAdapters(newAdapters);
      return this;
    }

    /** How payloads become values of the application's types; JDK values by default. */
    public Builder payloads(PayloadMapper newPayloads) {
      extensions = extensions.withPayloads(newPayloads);
      return this;
    }

    /** TCP connections at a time; one more is answered with 503 and closed. */
    public Builder maxConnections(int maxConnections) {
      listener = listener.withMaxConnections(maxConnections);
      return this;
    }

    /** TLS instead of plain text. */
    public Builder tls(TlsOptions tls) {
      listener = listener.withTls(tls);
      return this;
    }

    /** Limits of the listener that have no method here; replaces host, port and maxConnections. */
    public Builder listener(ListenerOptions newListener) {
      listener = newListener;
      return this;
    }

    /** Starts the event loops; nobody can connect before {@link NettySocketIoServer#start}. */
    public NettySocketIoServer build() {
      return new NettySocketIoServer(this);
    }
  }
}
