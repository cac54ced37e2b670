package io.realtime.socketio.server.api;

import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpRequest;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO server: its namespaces and its life. As a target, and where it registers listeners,
 * it stands for the main namespace. Any thread.
 */
public interface SocketIoServer extends Audience {

  /**
   * The namespace of that name, created when it is new, as a child where a pattern has been given
   * for it. {@code "/"} is the main one; a missing leading slash is added.
   */
  Namespace of(String name);

  /** Namespaces whose whole name matches are made when a client asks for them. */
  ParentNamespace of(Pattern pattern);

  /**
   * Namespaces that {@code rule} admits are made when a client asks for them. Parents are asked in
   * the order in which they were made; the first that admits is the one.
   */
  ParentNamespace of(NamespaceRule rule);

  /** The namespaces of this node. A snapshot. */
  Collection<Namespace> namespaces();

  /** Called when a namespace is made for a client, before its first socket connects. */
  SocketIoServer onNewNamespace(Consumer<Namespace> listener);

  /**
   * Runs {@code publishing} on the calling thread, and hands what it sends to the event loops in
   * batches: for whoever sends many events to single sockets at once, as the reader of a log does,
   * that takes far fewer system calls. Order is as without it; everything is on its way when this
   * returns, or throws what {@code publishing} threw.
   */
  void batch(Runnable publishing);

  /** Engine.IO sessions and plain connections that are open. */
  int connectionCount();

  /** What the server counts, for an application's metrics. */
  ServerStats stats();

  /**
   * Ends every connection by a plain transport close, never with {@code 41}, so that stock clients
   * come back by themselves; reason {@code server shutting down}.
   */
  CompletionStage<Void> close();

  /**
   * Answers a request of the application's routes with a stream of server-sent events whose client
   * is a socket of {@code namespace} like any other: same middlewares, rooms, broadcasts and
   * bounds. It only listens, so it never proves a write mark. On the exchange's loop. What cannot
   * be served now is answered by a stream that ends at once and has the client come back.
   *
   * @param headers of the answer besides those of an event stream
   * @param protocol whose frames are events of that stream, each with its blank line
   */
  void openStream(
      HttpRequest request,
      HttpExchange exchange,
      HttpHeaders headers,
      String namespace,
      PlainProtocol protocol);

  // ---- the main namespace

  @Override
  default Target everyone() {
    return of("/");
  }

  /** {@link Namespace#use} of the main namespace. */
  default SocketIoServer use(Middleware middleware) {
    of("/").use(middleware);
    return this;
  }

  /** {@link Namespace#onConnection} of the main namespace. */
  default SocketIoServer onConnection(Consumer<Socket> listener) {
    of("/").onConnection(listener);
    return this;
  }

  /** {@link Namespace#serverSideEmit} of the main namespace. */
  default void serverSideEmit(String event, @Nullable Object... arguments) {
    of("/").serverSideEmit(event, arguments);
  }

  /** {@link Namespace#serverSideEmitWithAck} of the main namespace. */
  default CompletionStage<List<@Nullable Object>> serverSideEmitWithAck(
      String event, @Nullable Object... arguments) {
    return of("/").serverSideEmitWithAck(event, arguments);
  }

  /** {@link Namespace#onServerSideEvent} of the main namespace. */
  default SocketIoServer onServerSideEvent(String event, Consumer<ServerSideEvent> listener) {
    of("/").onServerSideEvent(event, listener);
    return this;
  }
}
