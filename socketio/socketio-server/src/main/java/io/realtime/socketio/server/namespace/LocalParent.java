package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.BroadcastOptions;
import io.realtime.socketio.server.adapter.BroadcastOptions.Flags;
import io.realtime.socketio.server.api.Broadcast;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Middleware;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.NamespaceRule;
import io.realtime.socketio.server.api.ParentNamespace;
import io.realtime.socketio.server.api.PayloadMapper;
import io.realtime.socketio.server.api.ServerSideEvent;
import io.realtime.socketio.server.api.Socket;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the namespaces that one rule admits have in common. Any thread. */
final class LocalParent implements ParentNamespace {
  private final NamespaceRule rule;
  private final PayloadMapper payloads;
  private final NamespaceListeners listeners = new NamespaceListeners();
  private final Set<LocalNamespace> children = ConcurrentHashMap.newKeySet();
  private final Broadcast everyone = new ToChildren(this, BroadcastOptions.EVERYONE);

  LocalParent(NamespaceRule rule, PayloadMapper payloads) {
    this.rule = rule;
    this.payloads = payloads;
  }

  NamespaceRule rule() {
    return rule;
  }

  NamespaceListeners listeners() {
    return listeners;
  }

  void add(LocalNamespace child) {
    children.add(child);
  }

  void remove(LocalNamespace child) {
    children.remove(child);
  }

  @Override
  public ParentNamespace use(Middleware middleware) {
    listeners.use(middleware);
    return this;
  }

  @Override
  public ParentNamespace onConnection(Consumer<Socket> listener) {
    listeners.onConnection(listener);
    return this;
  }

  @Override
  public ParentNamespace onServerSideEvent(String event, Consumer<ServerSideEvent> listener) {
    listeners.serverSideEvents().on(event, listener);
    return this;
  }

  @Override
  public Collection<Namespace> children() {
    return List.copyOf(children);
  }

  @Override
  public Broadcast to(String... rooms) {
    return everyone.to(rooms);
  }

  @Override
  public Broadcast except(String... rooms) {
    return everyone.except(rooms);
  }

  @Override
  public Broadcast local() {
    return everyone.local();
  }

  @Override
  public Broadcast volatileOnly() {
    return everyone.volatileOnly();
  }

  @Override
  public Broadcast compress(boolean wanted) {
    return everyone.compress(wanted);
  }

  @Override
  public void emit(String event, @Nullable Object... arguments) {
    everyone.emit(event, arguments);
  }

  @Override
  public void emit(Message message) {
    everyone.emit(message);
  }

  /** Rooms of all children. Immutable. */
  private record ToChildren(LocalParent parent, BroadcastOptions options) implements Broadcast {

    private Broadcast with(Flags flags) {
      return new ToChildren(parent, options.with(flags));
    }

    @Override
    public Broadcast to(String... rooms) {
      return new ToChildren(parent, options.to(rooms));
    }

    @Override
    public Broadcast except(String... rooms) {
      return new ToChildren(parent, options.except(rooms));
    }

    @Override
    public Broadcast local() {
      return with(options.flags().asLocal());
    }

    @Override
    public Broadcast volatileOnly() {
      return with(options.flags().asVolatile());
    }

    @Override
    public Broadcast compress(boolean wanted) {
      return with(options.flags().withCompress(wanted));
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
      emit(Message.mapped(parent.payloads, event, arguments));
    }

    @Override
    public void emit(Message message) {
      parent.children.forEach(child -> new RoomTarget(child, options).emit(message));
    }
  }
}
