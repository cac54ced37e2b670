package io.realtime.socketio.server.namespace;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One loop's sockets of one namespace, and the rooms of exactly these. On the loop only, so a
 * broadcast walks it without locks or copies.
 */
final class LoopRooms {
  private final int loop;
  private final RoomTable table;
  private final Members everyone = new Members();
  private final Function<String, @Nullable NamespaceSocket> byId;
  private long visit;

  /**
   * @param table the rooms of all loops: one that has members here is in it until they have left
   * @param byId the socket of that id if it lives on this loop: every socket is in a room of its
   *     id, which needs no entry in the table
   */
  LoopRooms(int loop, RoomTable table, Function<String, @Nullable NamespaceSocket> byId) {
    this.loop = loop;
    this.table = table;
    this.byId = byId;
  }

  void enter(NamespaceSocket socket) {
    everyone.add(socket);
  }

  void exit(NamespaceSocket socket) {
    everyone.remove(socket);
  }

  /** False when it was a member already. The join has been announced to the table. */
  boolean join(String name, NamespaceSocket socket) {
    Room room = table.find(name);
    if (room == null) {
      throw new IllegalStateException("room: not announced (expected: counted in the table)");
    }
    return room.add(loop, socket);
  }

  /** False when it was no member. */
  boolean leave(String name, NamespaceSocket socket) {
    Room room = table.find(name);
    return room != null && room.remove(loop, socket);
  }

  /**
   * Visits every socket in any of {@code union} (everyone when that is empty) and in none of {@code
   * except}, once. {@code action} must not join, leave or visit.
   */
  void visit(List<String> union, List<String> except, Consumer<NamespaceSocket> action) {
    if (except.isEmpty() && union.size() <= 1) {
      members(union, action);
      return;
    }
    long mark = ++visit;
    for (String room : except) {
      members(List.of(room), socket -> socket.firstVisit(mark));
    }
    Consumer<NamespaceSocket> once =
        socket -> {
          if (socket.firstVisit(mark)) {
            action.accept(socket);
          }
        };
    if (union.isEmpty()) {
      everyone.forEach(once);
    }
    for (String room : union) {
      members(List.of(room), once);
    }
  }

  private void members(List<String> roomOrEveryone, Consumer<NamespaceSocket> action) {
    if (roomOrEveryone.isEmpty()) {
      everyone.forEach(action);
      return;
    }
    members(roomOrEveryone.getFirst(), action);
  }

  /**
   * Visits the sockets in a room.
   *
   * @param room as it was found a moment ago; another one may have its name by now
   */
  void members(Room room, Consumer<NamespaceSocket> action) {
    if (room.isGone() || room.maybeOfSocket()) {
      members(room.asTarget().getFirst(), action);
    } else {
      room.forEach(loop, action);
    }
  }

  private void members(String name, Consumer<NamespaceSocket> action) {
    Room room = table.find(name);
    boolean occupied = room != null && room.forEach(loop, action);
    NamespaceSocket own = byId.apply(name);
    if (own != null && (!occupied || !own.isIn(name))) {
      action.accept(own);
    }
  }
}
