package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.BroadcastOptions;
import io.realtime.socketio.server.engine.Ids;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.stats.Tally;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one namespace on this node and their rooms: who is where, on which loops. What is
 * done to matching sockets is one task for each loop that has members, handed over in the caller's
 * order; on the caller's own loop it is done at once. Any thread, but for membership.
 */
final class NodeSockets {
  private final List<HomeLoop> homes;
  private final Tally tally;
  private final RoomEvents events = new RoomEvents();
  private final RoomTable table;
  private final AtomicIntegerArray perLoop;
  private final List<LoopRooms> byLoop;
  private final ConcurrentMap<String, NamespaceSocket> sockets = new ConcurrentHashMap<>();

  NodeSockets(List<HomeLoop> homes, Tally tally) {
    this.homes = homes;
    this.tally = tally;
    this.table = new RoomTable(homes.size(), events);
    this.perLoop = new AtomicIntegerArray(homes.size());
    this.byLoop =
        homes.stream()
            .map(home -> new LoopRooms(home.index(), table, id -> socketOn(home, id)))
            .toList();
  }

  private @Nullable NamespaceSocket socketOn(HomeLoop home, String id) {
    NamespaceSocket socket = ownOf(id);
    return socket != null && socket.home().equals(home) ? socket : null;
  }

  /** The socket whose id is that name; of another length than an id it is nobody's. */
  private @Nullable NamespaceSocket ownOf(String room) {
    return room.length() == Ids.LENGTH ? sockets.get(room) : null;
  }

  RoomEvents events() {
    return events;
  }

  // ---- membership

  /** On the socket's loop: from here on broadcasts reach it. */
  void enter(NamespaceSocket socket) {
    sockets.put(socket.id(), socket);
    perLoop.incrementAndGet(socket.home().index());
    rooms(socket).enter(socket);
    tally.socketJoined();
    events.note(RoomEvents.Kind.CREATE, socket.id(), "");
    events.note(RoomEvents.Kind.JOIN, socket.id(), socket.id());
    events.tell();
  }

  /** On the socket's loop, after it left its rooms. */
  void exit(NamespaceSocket socket) {
    sockets.remove(socket.id(), socket);
    rooms(socket).exit(socket);
    perLoop.decrementAndGet(socket.home().index());
    tally.socketLeft();
    events.note(RoomEvents.Kind.LEAVE, socket.id(), socket.id());
    events.note(RoomEvents.Kind.DELETE, socket.id(), "");
    events.tell();
  }

  /** Any thread; {@link #join} or {@link #joinFailed} follows on the socket's loop. */
  void announceJoin(NamespaceSocket socket, String room) {
    table.rise(room, socket.home().index());
  }

  /** On the socket's loop. */
  boolean join(NamespaceSocket socket, String room) {
    if (rooms(socket).join(room, socket)) {
      events.note(RoomEvents.Kind.JOIN, room, socket.id());
      events.tell();
      return true;
    }
    joinFailed(socket, room);
    return false;
  }

  void joinFailed(NamespaceSocket socket, String room) {
    table.fall(room, socket.home().index());
  }

  /** On the socket's loop. */
  boolean leave(NamespaceSocket socket, String room) {
    if (!rooms(socket).leave(room, socket)) {
      return false;
    }
    events.note(RoomEvents.Kind.LEAVE, room, socket.id());
    table.fall(room, socket.home().index());
    return true;
  }

  private LoopRooms rooms(NamespaceSocket socket) {
    return byLoop.get(socket.home().index());
  }

  // ---- who is there

  @Nullable NamespaceSocket byId(String id) {
    return sockets.get(id);
  }

  Collection<NamespaceSocket> all() {
    return Collections.unmodifiableCollection(sockets.values());
  }

  int size(String room) {
    return sockets.containsKey(room) ? Math.max(1, table.size(room)) : table.size(room);
  }

  /** Rooms that have members, those of the sockets' ids left out: for tests of what is left. */
  int roomCount() {
    return table.names().size();
  }

  Set<String> rooms() {
    Set<String> all = new HashSet<>(table.names());
    all.addAll(sockets.keySet());
    return all;
  }

  boolean hasRoom(String room) {
    return sockets.containsKey(room) || table.size(room) > 0;
  }

  // ---- acting on matching sockets

  /** The loops that may have matching sockets. */
  BitSet loopsOf(BroadcastOptions options) {
    BitSet loops = new BitSet(homes.size());
    addLoops(options, loops);
    return loops;
  }

  /** The room that a broadcast is for, if it is one and has members. */
  @Nullable Room roomOf(BroadcastOptions options) {
    return options.rooms().size() == 1 && options.except().isEmpty()
        ? table.find(options.rooms().getFirst())
        : null;
  }

  /**
   * The loop that has all matching sockets, as most rooms have it; -1 when {@link #addLoops} must
   * be asked.
   *
   * @param room what {@link #roomOf} has found, a moment ago
   */
  int onlyLoop(BroadcastOptions options, @Nullable Room room) {
    return room == null || room.isGone() || ownOf(options.rooms().getFirst()) != null
        ? -1
        : room.onlyLoop();
  }

  /**
   * Sets the bits of the loops that may have matching sockets.
   *
   * @param room what {@link #roomOf} has found, a moment ago
   */
  void addLoops(BroadcastOptions options, @Nullable Room room, BitSet loops) {
    if (room == null || room.isGone()) {
      addLoops(options, loops);
      return;
    }
    room.addLoops(loops);
    NamespaceSocket own = ownOf(options.rooms().getFirst());
    if (own != null) {
      loops.set(own.home().index());
    }
  }

  private void addLoops(BroadcastOptions options, BitSet loops) {
    if (options.rooms().isEmpty()) {
      for (int loop = 0; loop < perLoop.length(); loop++) {
        if (perLoop.get(loop) > 0) {
          loops.set(loop);
        }
      }
    }
    for (String room : options.rooms()) {
      Room known = table.find(room);
      if (known != null) {
        known.addLoops(loops);
      }
      NamespaceSocket own = ownOf(room);
      if (own != null) {
        loops.set(own.home().index());
      }
    }
  }

  /** How many loops there are. */
  int loops() {
    return homes.size();
  }

  HomeLoop home(int loop) {
    return homes.get(loop);
  }

  /**
   * On loop {@code loop}: calls {@code action} for its matching sockets. It must not join, leave or
   * visit.
   */
  void visit(int loop, BroadcastOptions options, Consumer<NamespaceSocket> action) {
    byLoop.get(loop).visit(options.rooms(), options.except(), action);
  }

  /**
   * As {@link #visit}, for an action that writes to many, and calls {@link HomeLoop#flushWarm}.
   *
   * @param room what {@link #roomOf} has found
   */
  void send(
      int loop, BroadcastOptions options, @Nullable Room room, Consumer<NamespaceSocket> sending) {
    if (room == null) {
      visit(loop, options, sending);
    } else {
      byLoop.get(loop).members(room, sending);
    }
  }

  /** Calls {@code action}, which may do anything, for matching sockets that are connected. */
  void forEach(BroadcastOptions options, Consumer<? super NamespaceSocket> action) {
    loopsOf(options).stream()
        .forEach(loop -> homes.get(loop).task(() -> actOn(loop, options, action)));
  }

  private void actOn(int loop, BroadcastOptions options, Consumer<? super NamespaceSocket> action) {
    for (NamespaceSocket socket : connected(loop, options)) {
      try {
        action.accept(socket);
      } catch (RuntimeException failure) {
        socket.listenerFailed("an action on matching sockets", failure);
      }
    }
  }

  /** On loop {@code loop}: its matching sockets, but for those that middlewares have let wait. */
  List<NamespaceSocket> connected(int loop, BroadcastOptions options) {
    List<NamespaceSocket> found = new ArrayList<>();
    visit(
        loop,
        options,
        socket -> {
          if (socket.connected()) {
            found.add(socket);
          }
        });
    return found;
  }

  /** The caller's next broadcast to {@code joined} must find the loops: they count at once. */
  void joinAll(BroadcastOptions options, List<String> joined) {
    loopsOf(options).stream()
        .forEach(
            loop -> {
              joined.forEach(room -> table.rise(room, loop));
              homes
                  .get(loop)
                  .step(
                      () -> {
                        connected(loop, options).forEach(socket -> socket.joinWithin(joined));
                        joined.forEach(room -> table.fall(room, loop));
                      });
            });
  }
}
