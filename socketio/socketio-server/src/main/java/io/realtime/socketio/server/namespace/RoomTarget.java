package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.Adapter;
import io.realtime.socketio.server.adapter.BroadcastOptions;
import io.realtime.socketio.server.adapter.BroadcastOptions.Flags;
import io.realtime.socketio.server.adapter.SocketRecord;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.RemoteSocket;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.api.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
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

  private RoomTarget with(Flags flags) {
    return new RoomTarget(namespace, options.with(flags));
  }

  @Override
  public RoomTarget to(String... more) {
    return new RoomTarget(namespace, options.to(more));
  }

  @Override
  public RoomTarget except(String... more) {
    return new RoomTarget(namespace, options.except(more));
  }

  @Override
  public RoomTarget local() {
    return with(options.flags().asLocal());
  }

  @Override
  public RoomTarget volatileOnly() {
    return with(options.flags().asVolatile());
  }

  @Override
  public RoomTarget compress(boolean wanted) {
    return with(options.flags().withCompress(wanted));
  }

  @Override
  public RoomTarget timeout(Duration limit) {
    return with(options.flags().withTimeout(limit));
  }

  @Override
  public List<String> rooms() {
    return options.rooms();
  }

  @Override
  public void emit(String event, @Nullable Object... arguments) {
    emit(namespace.message(event, arguments));
  }

  @Override
  public void emit(Message message) {
    reach().broadcast(message, options);
  }

  @Override
  public CompletionStage<List<@Nullable Object>> emitWithAck(
      String event, @Nullable Object... arguments) {
    return BroadcastAnswers.ask(
        reach(), namespace.localBroadcast(), namespace.message(event, arguments), options);
  }

  @Override
  public CompletionStage<List<RemoteSocket>> fetchSockets() {
    return namespace
        .localBroadcast()
        .fetch(options)
        .thenCombine(reach().fetchSockets(options), this::both);
  }

  private List<RemoteSocket> both(List<NamespaceSocket> here, List<SocketRecord> elsewhere) {
    List<RemoteSocket> all = new ArrayList<>(here);
    elsewhere.forEach(known -> all.add(ClusterSocket.of(namespace, known)));
    return all;
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
