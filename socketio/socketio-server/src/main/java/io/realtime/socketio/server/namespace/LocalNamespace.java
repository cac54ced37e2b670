package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.Adapter;
import io.realtime.socketio.server.adapter.LocalAdapter;
import io.realtime.socketio.server.api.ConnectionStateRecovery;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Middleware;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.PayloadMapper;
import io.realtime.socketio.server.api.RoomListener;
import io.realtime.socketio.server.api.ServerSideEvent;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.api.Target;
import io.realtime.socketio.server.stats.Tally;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A namespace on this node: what was registered with it, its sockets here, and its adapter to the
 * others. Any thread.
 */
final class LocalNamespace implements Namespace {
  private final String name;
  private final Tally tally;
  private final NodeSockets sockets;
  private final LocalBroadcast localBroadcast;
  private final Adapter thisNode;
  private final Adapter adapter;
  private final SocketIoWire wire;
  private final PayloadMapper payloads;
  private final Recovery recovery;
  private final NamespaceListeners listeners;
  private final Consumer<LocalNamespace> onRelease;
  private final RoomTarget everyone = RoomTarget.everyone(this);
  private final AtomicLong nextAckId = new AtomicLong();

  /** Whether somebody ever wanted to see what is sent to a socket of this namespace. */
  private volatile boolean outgoing;

  /**
   * @param listeners what it begins with; its own from here on
   * @param onRelease hears of every socket that is gone for good
   */
  LocalNamespace(
      String name,
      NamespaceParts parts,
      NamespaceListeners listeners,
      Consumer<LocalNamespace> onRelease) {
    this.name = name;
    this.listeners = listeners;
    this.onRelease = onRelease;
    this.tally = parts.tally();
    this.sockets = new NodeSockets(parts.homes(), parts.tally());
    this.localBroadcast = new LocalBroadcast(this, sockets);
    this.thisNode = new LocalAdapter(localBroadcast);
    this.wire = new SocketIoWire(parts.options().parser(), name);
    this.payloads = parts.payloads();
    this.recovery = recoveryOf(parts);
    this.adapter = parts.adapters().create(localBroadcast);
  }

  private Recovery recoveryOf(NamespaceParts parts) {
    return parts
        .options()
        .connectionStateRecovery()
        .map(
            wanted ->
                switch (wanted) {
                  case ConnectionStateRecovery.InMemory memory ->
                      new MemoryRecovery(memory, parts, sockets, wire);
                  case ConnectionStateRecovery.Kept kept -> new KeptRecovery(kept, sockets);
                })
        .orElse(Recovery.OFF);
  }

  @Override
  public String name() {
    return name;
  }

  Tally tally() {
    return tally;
  }

  long nextAckId() {
    return nextAckId.getAndIncrement();
  }

  /** A socket that was made for it, admitted or not, has ended; once for each. */
  void release() {
    onRelease.accept(this);
  }

  NodeSockets sockets() {
    return sockets;
  }

  /** What is said to the sockets of this node. */
  LocalBroadcast localBroadcast() {
    return localBroadcast;
  }

  /** A cluster of this node only. */
  Adapter thisNode() {
    return thisNode;
  }

  /** The whole cluster. */
  Adapter adapter() {
    return adapter;
  }

  /** How its packets are written for Socket.IO clients. */
  SocketIoWire wire() {
    return wire;
  }

  /** How its sockets are continued. */
  Recovery recovery() {
    return recovery;
  }

  PayloadMapper payloads() {
    return payloads;
  }

  /** An event of the application's types. */
  Message message(String event, @Nullable Object... arguments) {
    return Message.mapped(payloads, event, arguments);
  }

  // ---- listeners

  /** From here on the sockets' own listeners of what is sent are asked for. */
  void expectOutgoing() {
    outgoing = true;
  }

  /** False while no socket has such a listener: then nobody looks, for each packet, at each. */
  boolean expectsOutgoing() {
    return outgoing;
  }

  NamespaceListeners listeners() {
    return listeners;
  }

  @Override
  public Namespace use(Middleware middleware) {
    listeners.use(middleware);
    return this;
  }

  @Override
  public Namespace onConnection(Consumer<Socket> listener) {
    listeners.onConnection(listener);
    return this;
  }

  @Override
  public Namespace onServerSideEvent(String event, Consumer<ServerSideEvent> listener) {
    listeners.serverSideEvents().on(event, listener);
    return this;
  }

  @Override
  public Namespace onRoomEvents(RoomListener listener) {
    sockets.events().listen(listener);
    return this;
  }

  // ---- this node

  @Override
  public int localSocketCount() {
    return sockets.all().size();
  }

  @Override
  public int localRoomSize(String room) {
    return sockets.size(room);
  }

  @Override
  public Optional<Socket> localSocket(String id) {
    return Optional.ofNullable(sockets.byId(id));
  }

  @Override
  public Collection<NamespaceSocket> localSockets() {
    return sockets.all();
  }

  @Override
  public Set<String> localRooms() {
    return sockets.rooms();
  }

  // ---- the cluster

  @Override
  public CompletionStage<Integer> serverCount() {
    return adapter.serverCount();
  }

  @Override
  public CompletionStage<Set<String>> allRooms() {
    return adapter
        .allRooms()
        .thenApply(
            elsewhere -> {
              Set<String> all = sockets.rooms();
              all.addAll(elsewhere);
              return all;
            });
  }

  @Override
  public void serverSideEmit(String event, @Nullable Object... arguments) {
    adapter.serverSideEmit(serverSide(event, arguments));
  }

  @Override
  public CompletionStage<List<@Nullable Object>> serverSideEmitWithAck(
      String event, @Nullable Object... arguments) {
    return adapter.serverSideEmitWithAck(serverSide(event, arguments));
  }

  private List<@Nullable Object> serverSide(String event, @Nullable Object... arguments) {
    return message(ServerSideEvents.checked(event), arguments).arguments();
  }

  @Override
  public Target everyone() {
    return everyone;
  }
}
