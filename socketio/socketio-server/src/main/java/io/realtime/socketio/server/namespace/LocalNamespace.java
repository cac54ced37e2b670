package io.realtime.socketio.server.namespace;

import io.realtime.socketio.protocol.socketio.PacketParser;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Middleware;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.api.Target;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A namespace on this node. A broadcast is one task for each loop that has members, handed over in
 * the caller's order; on the caller's own loop it is done at once. Any thread.
 */
final class LocalNamespace implements Namespace {
  private static final Logger LOG = LoggerFactory.getLogger(LocalNamespace.class);

  /** No room of an application: counts the sockets of each loop. */
  private static final String EVERYONE = "\u0000everyone";

  private final String name;
  private final List<HomeLoop> homes;
  private final Tally tally;
  private final RoomTarget everyone = new RoomTarget(this, List.of(), List.of(), false);
  private final RoomCounts counts;
  private final List<LoopRooms> byLoop;
  private final ConcurrentMap<String, NamespaceSocket> sockets = new ConcurrentHashMap<>();
  private final List<Middleware> middlewares = new CopyOnWriteArrayList<>();
  private final List<Consumer<Socket>> connectionListeners = new CopyOnWriteArrayList<>();
  private final AtomicLong nextAckId = new AtomicLong();
  private final SocketIoWire wire;

  LocalNamespace(String name, List<HomeLoop> homes, Tally tally, PacketParser parser) {
    this.name = name;
    this.homes = homes;
    this.tally = tally;
    this.counts = new RoomCounts(homes.size());
    this.byLoop = homes.stream().map(home -> new LoopRooms(id -> socketOn(home, id))).toList();
    this.wire = new SocketIoWire(parser, name);
  }

  private @Nullable NamespaceSocket socketOn(HomeLoop home, String id) {
    NamespaceSocket socket = sockets.get(id);
    return socket != null && socket.home().equals(home) ? socket : null;
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

  // ---- membership

  /** On the socket's loop: from here on broadcasts reach it. */
  void enter(NamespaceSocket socket) {
    sockets.put(socket.id(), socket);
    counts.rise(EVERYONE, socket.home().index());
    rooms(socket).enter(socket);
    tally.socketJoined();
  }

  /** On the socket's loop, after it left its rooms. */
  void exit(NamespaceSocket socket) {
    sockets.remove(socket.id(), socket);
    rooms(socket).exit(socket);
    counts.fall(EVERYONE, socket.home().index());
    tally.socketLeft();
  }

  /** Any thread; {@link #join} or {@link #joinFailed} follows on the socket's loop. */
  void announceJoin(NamespaceSocket socket, String room) {
    counts.rise(room, socket.home().index());
  }

  /** On the socket's loop. */
  boolean join(NamespaceSocket socket, String room) {
    if (rooms(socket).join(room, socket)) {
      return true;
    }
    joinFailed(socket, room);
    return false;
  }

  void joinFailed(NamespaceSocket socket, String room) {
    counts.fall(room, socket.home().index());
  }

  /** On the socket's loop. */
  boolean leave(NamespaceSocket socket, String room) {
    if (!rooms(socket).leave(room, socket)) {
      return false;
    }
    counts.fall(room, socket.home().index());
    return true;
  }

  private LoopRooms rooms(NamespaceSocket socket) {
    return byLoop.get(socket.home().index());
  }

  /** Rooms that have members, for tests of what is left behind. */
  int roomCount() {
    return counts.rooms();
  }

  // ---- broadcast

  void broadcast(RoomTarget target, Message message) {
    BitSet loops = loopsOf(target);
    if (loops.isEmpty()) {
      return;
    }
    wire.encode(message); // a bad value is the caller's fault, so his to see
    AtomicBoolean failed = new AtomicBoolean();
    loops.stream()
        .forEach(loop -> homes.get(loop).run(() -> deliver(loop, target, message, failed)));
  }

  /**
   * @param failed whether some recipient's wire format has been found not to have this message
   */
  private void deliver(int loop, RoomTarget target, Message message, AtomicBoolean failed) {
    byLoop
        .get(loop)
        .visit(
            target.rooms(),
            target.except(),
            socket -> {
              try {
                socket.deliver(message, target.volatil());
              } catch (RuntimeException failure) {
                if (failed.compareAndSet(false, true)) {
                  LOG.error("a broadcast cannot be encoded for some; the others get it", failure);
                }
              }
            });
  }

  /** How its packets are written for Socket.IO clients. */
  SocketIoWire wire() {
    return wire;
  }

  void forEach(RoomTarget target, Consumer<Socket> action) {
    loopsOf(target).stream()
        .forEach(loop -> homes.get(loop).run(() -> actOn(loop, target, action)));
  }

  private void actOn(int loop, RoomTarget target, Consumer<Socket> action) {
    List<NamespaceSocket> found = new ArrayList<>(); // the action may change the rooms
    byLoop
        .get(loop)
        .visit(
            target.rooms(),
            target.except(),
            socket -> {
              if (socket.connected()) { // a middleware may have put others into a room
                found.add(socket);
              }
            });
    for (NamespaceSocket socket : found) {
      try {
        action.accept(socket);
      } catch (RuntimeException failure) {
        socket.listenerFailed("an action on matching sockets", failure);
      }
    }
  }

  /** The caller's next broadcast to {@code joined} must find the loops: they count at once. */
  void joinAll(RoomTarget target, List<String> joined) {
    loopsOf(target).stream()
        .forEach(
            loop -> {
              joined.forEach(room -> counts.rise(room, loop));
              homes
                  .get(loop)
                  .run(
                      () -> {
                        actOn(loop, target, socket -> socket.join(joined.toArray(String[]::new)));
                        joined.forEach(room -> counts.fall(room, loop));
                      });
            });
  }

  private BitSet loopsOf(RoomTarget target) {
    BitSet loops = new BitSet(homes.size());
    if (target.rooms().isEmpty()) {
      counts.addLoops(EVERYONE, loops);
    }
    for (String room : target.rooms()) {
      counts.addLoops(room, loops);
      NamespaceSocket own = sockets.get(room);
      if (own != null) {
        loops.set(own.home().index());
      }
    }
    return loops;
  }

  @Override
  public int localSocketCount() {
    return sockets.size();
  }

  @Override
  public int localRoomSize(String room) {
    return sockets.containsKey(room) ? Math.max(1, counts.size(room)) : counts.size(room);
  }

  @Override
  public Optional<Socket> localSocket(String id) {
    return Optional.ofNullable(sockets.get(id));
  }

  // ---- a namespace is the target of all its sockets

  @Override
  public Target to(String... rooms) {
    return everyone.to(rooms);
  }

  @Override
  public Target except(String... rooms) {
    return everyone.except(rooms);
  }

  @Override
  public Target local() {
    return everyone;
  }

  @Override
  public Target volatileOnly() {
    return everyone.volatileOnly();
  }

  @Override
  public void emit(String event, @Nullable Object... arguments) {
    everyone.emit(event, arguments);
  }

  @Override
  public void emit(Message message) {
    everyone.emit(message);
  }

  @Override
  public void socketsJoin(String... rooms) {
    everyone.socketsJoin(rooms);
  }

  @Override
  public void socketsLeave(String... rooms) {
    everyone.socketsLeave(rooms);
  }

  @Override
  public void disconnectSockets(boolean close) {
    everyone.disconnectSockets(close);
  }

  @Override
  public void forEachLocal(Consumer<Socket> action) {
    everyone.forEachLocal(action);
  }

  @Override
  public List<String> rooms() {
    return List.of();
  }
}
