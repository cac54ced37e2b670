package io.realtime.socketio.server.namespace;

import io.realtime.socketio.protocol.socketio.PacketParser;
import io.realtime.socketio.server.adapter.Adapter;
import io.realtime.socketio.server.adapter.AdapterFactory;
import io.realtime.socketio.server.adapter.LocalAdapter;
import io.realtime.socketio.server.api.Middleware;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.api.Target;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A namespace on this node: its listeners, its sockets here, and its adapter to the others. Any
 * thread.
 */
final class LocalNamespace implements Namespace {
  private final String name;
  private final Tally tally;
  private final NodeSockets sockets;
  private final Adapter thisNode;
  private final Adapter adapter;
  private final RoomTarget everyone = RoomTarget.everyone(this);
  private final List<Middleware> middlewares = new CopyOnWriteArrayList<>();
  private final List<Consumer<Socket>> connectionListeners = new CopyOnWriteArrayList<>();
  private final AtomicLong nextAckId = new AtomicLong();
  private final SocketIoWire wire;

  LocalNamespace(
      String name,
      List<HomeLoop> homes,
      Tally tally,
      PacketParser parser,
      AdapterFactory adapters) {
    this.name = name;
    this.tally = tally;
    this.sockets = new NodeSockets(homes, tally);
    LocalBroadcast local = new LocalBroadcast(this, sockets);
    this.thisNode = new LocalAdapter(local);
    this.wire = new SocketIoWire(parser, name);
    this.adapter = adapters.create(local);
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

  NodeSockets sockets() {
    return sockets;
  }

  /** What concerns this node only. */
  Adapter thisNode() {
    return thisNode;
  }

  /** What concerns the whole cluster. */
  Adapter adapter() {
    return adapter;
  }

  @Override
  public Namespace use(Middleware middleware) {
    middlewares.add(middleware);
    return this;
  }

  @Override
  public Namespace onConnection(Consumer<Socket> listener) {
    connectionListeners.add(listener);
    return this;
  }

  List<Middleware> middlewares() {
    return middlewares;
  }

  List<Consumer<Socket>> connectionListeners() {
    return connectionListeners;
  }

  /** How its packets are written for Socket.IO clients. */
  SocketIoWire wire() {
    return wire;
  }

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
  public Target everyone() {
    return everyone;
  }
}
