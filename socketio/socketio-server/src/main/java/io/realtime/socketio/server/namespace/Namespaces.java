package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.AdapterFactory;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.PlainRoute;
import io.realtime.socketio.server.api.ServerOptions;
import io.realtime.socketio.server.engine.EngineSession;
import io.realtime.socketio.server.engine.Ids;
import io.realtime.socketio.server.engine.PlainSession;
import io.realtime.socketio.server.engine.SessionReceiver;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces of a server by name. Only the application creates them, so a client cannot make
 * the table grow. Any thread.
 */
public final class Namespaces {
  private final ServerOptions options;
  private final List<HomeLoop> homes;
  private final Ids ids;
  private final Tally tally;
  private final AdapterFactory adapters;
  private final ConcurrentMap<String, LocalNamespace> byName = new ConcurrentHashMap<>();

  /**
   * @param homes the loop at position i has index i
   */
  public Namespaces(
      ServerOptions options, List<HomeLoop> homes, Ids ids, Tally tally, AdapterFactory adapters) {
    this.options = options;
    this.homes = List.copyOf(homes);
    this.ids = ids;
    this.tally = tally;
    this.adapters = adapters;
    of("/");
  }

  /** The namespace of that name, created when it is new; a missing leading slash is added. */
  public Namespace of(String name) {
    return local(name.startsWith("/") ? name : "/" + name);
  }

  private LocalNamespace local(String name) {
    return byName.computeIfAbsent(
        name, fresh -> new LocalNamespace(fresh, homes, tally, options.parser(), adapters));
  }

  /**
   * The namespace that a client asks for. Namespaces made on demand, by pattern, are decided here.
   *
   * @param auth what the client said; unused while all names are fixed
   */
  Optional<LocalNamespace> resolve(String name, Map<String, @Nullable Object> auth) {
    return Optional.ofNullable(byName.get(name));
  }

  ServerOptions options() {
    return options;
  }

  Ids ids() {
    return ids;
  }

  /** The layer above a new Engine.IO session. */
  public SessionReceiver receiverOf(EngineSession session) {
    return new SocketIoClient(this, session);
  }

  /** The layer above a new plain WebSocket. */
  public SessionReceiver receiverOf(PlainSession session, PlainRoute route) {
    return new PlainClient(this, local(route.namespace()), session, route.protocol());
  }
}
