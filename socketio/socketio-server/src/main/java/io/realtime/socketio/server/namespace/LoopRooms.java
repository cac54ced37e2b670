package io.realtime.socketio.server.namespace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One loop's sockets of one namespace, and the rooms of exactly these. On the loop only, so a
 * broadcast walks it without locks or copies.
 */
final class LoopRooms {
  private final Map<String, Members> rooms = new HashMap<>();
  private final Members everyone = new Members();
  private final Function<String, @Nullable NamespaceSocket> byId;
  private long visit;

  /**
   * @param byId the socket of that id if it lives on this loop: every socket is in a room of its
   *     id, which needs no entry here
   */
  LoopRooms(Function<String, @Nullable NamespaceSocket> byId) {
    this.byId = byId;
  }

  void enter(NamespaceSocket socket) {
    everyone.add(socket);
  }

  void exit(NamespaceSocket socket) {
    everyone.remove(socket);
  }

  /** False when it was a member already. */
  boolean join(String room, NamespaceSocket socket) {
    return rooms.computeIfAbsent(room, name -> new Members()).add(socket);
  }

  /** False when it was no member. */
  boolean leave(String room, NamespaceSocket socket) {
    Members members = rooms.get(room);
    if (members == null || !members.remove(socket)) {
      return false;
    }
    if (members.isEmpty()) {
      rooms.remove(room);
    }
    return true;
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
    String room = roomOrEveryone.getFirst();
    Members members = rooms.get(room);
    NamespaceSocket own = byId.apply(room);
    if (members != null) {
      members.forEach(action);
    }
    if (own != null && (members == null || !own.isIn(room))) {
      action.accept(own);
    }
  }
}
