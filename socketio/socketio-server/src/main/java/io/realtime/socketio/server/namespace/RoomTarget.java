package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.api.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rooms of a namespace, less others. One node has only local sockets, so {@link #local} changes
 * nothing yet. Immutable.
 */
record RoomTarget(
    LocalNamespace namespace, List<String> rooms, List<String> except, boolean volatil)
    implements Target {

  @Override
  public Target to(String... more) {
    return new RoomTarget(namespace, union(rooms, more), except, volatil);
  }

  @Override
  public Target except(String... more) {
    return new RoomTarget(namespace, rooms, union(except, more), volatil);
  }

  @Override
  public Target local() {
    return this;
  }

  @Override
  public Target volatileOnly() {
    return new RoomTarget(namespace, rooms, except, true);
  }

  @Override
  public void emit(String event, @Nullable Object... arguments) {
    emit(Message.of(event, arguments));
  }

  @Override
  public void emit(Message message) {
    namespace.broadcast(this, message);
  }

  @Override
  public void socketsJoin(String... joined) {
    namespace.joinAll(this, List.of(joined));
  }

  @Override
  public void socketsLeave(String... left) {
    forEachLocal(socket -> socket.leave(left));
  }

  @Override
  public void disconnectSockets(boolean close) {
    forEachLocal(socket -> socket.disconnect(close));
  }

  @Override
  public void forEachLocal(Consumer<Socket> action) {
    namespace.forEach(this, action);
  }

  private static List<String> union(List<String> known, String[] more) {
    Set<String> union = new LinkedHashSet<>(known);
    union.addAll(List.of(more));
    return List.copyOf(new ArrayList<>(union));
  }
}
