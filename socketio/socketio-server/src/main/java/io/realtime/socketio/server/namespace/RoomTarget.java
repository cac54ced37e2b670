package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.Adapter;
import io.realtime.socketio.server.adapter.BroadcastOptions;
import io.realtime.socketio.server.adapter.BroadcastOptions.Flags;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.api.Target;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rooms of a namespace, less others. Immutable. */
record RoomTarget(LocalNamespace namespace, BroadcastOptions options) implements Target {

  static RoomTarget everyone(LocalNamespace namespace) {
    return new RoomTarget(namespace, BroadcastOptions.EVERYONE);
  }

  private Adapter reach() {
    return options.flags().local() ? namespace.thisNode() : namespace.adapter();
  }

  private Target with(Flags flags) {
    return new RoomTarget(namespace, options.with(flags));
  }

  @Override
  public Target to(String... more) {
    return new RoomTarget(namespace, options.to(more));
  }

  @Override
  public Target except(String... more) {
    return new RoomTarget(namespace, options.except(more));
  }

  @Override
  public Target local() {
    return with(options.flags().asLocal());
  }

  @Override
  public Target volatileOnly() {
    return with(options.flags().asVolatile());
  }

  @Override
  public List<String> rooms() {
    return options.rooms();
  }

  @Override
  public void emit(String event, @Nullable Object... arguments) {
    emit(Message.of(event, arguments));
  }

  @Override
  public void emit(Message message) {
    reach().broadcast(message, options);
  }

  @Override
  public void socketsJoin(String... joined) {
    reach().socketsJoin(options, List.of(joined));
  }

  @Override
  public void socketsLeave(String... left) {
    reach().socketsLeave(options, List.of(left));
  }

  @Override
  public void disconnectSockets(boolean close) {
    reach().disconnectSockets(options, close);
  }

  @Override
  public void forEachLocal(Consumer<Socket> action) {
    namespace.sockets().forEach(options, action);
  }
}
