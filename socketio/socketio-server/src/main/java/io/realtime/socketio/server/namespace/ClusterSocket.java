package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.BroadcastOptions;
import io.realtime.socketio.server.adapter.BroadcastOptions.Flags;
import io.realtime.socketio.server.adapter.SocketRecord;
import io.realtime.socketio.server.api.Emitter;
import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.RemoteSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A socket of another node: what that node said of it, and the room of its id. Immutable. */
record ClusterSocket(SocketRecord known, RoomTarget room) implements RemoteSocket {

  static RemoteSocket of(LocalNamespace namespace, SocketRecord known) {
    return new ClusterSocket(
        known,
        new RoomTarget(
            namespace,
            new BroadcastOptions(List.of(known.id()), List.of(), Flags.NONE.withSingleAnswer())));
  }

  @Override
  public String id() {
    return known.id();
  }

  @Override
  public Handshake handshake() {
    return Handshake.fromMap(known.handshake());
  }

  @Override
  public Set<String> rooms() {
    return known.rooms();
  }

  @Override
  public Map<String, Object> data() {
    return known.data();
  }

  private ClusterSocket with(RoomTarget changed) {
    return new ClusterSocket(known, changed);
  }

  @Override
  public Emitter volatileOnly() {
    return with(room.volatileOnly());
  }

  @Override
  public Emitter compress(boolean wanted) {
    return with(room.compress(wanted));
  }

  @Override
  public Emitter timeout(Duration limit) {
    return with(room.timeout(limit));
  }

  @Override
  public void emit(String event, @Nullable Object... arguments) {
    room.emit(event, arguments);
  }

  @Override
  public void emit(Message message) {
    room.emit(message);
  }

  @Override
  public CompletionStage<List<@Nullable Object>> emitWithAck(
      String event, @Nullable Object... arguments) {
    return room.emitWithAck(event, arguments)
        .thenApply(
            answers ->
                Collections.unmodifiableList(answers.subList(0, Math.min(1, answers.size()))));
  }

  @Override
  public void join(String... rooms) {
    room.socketsJoin(rooms);
  }

  @Override
  public void leave(String... rooms) {
    room.socketsLeave(rooms);
  }

  @Override
  public void disconnect(boolean close) {
    room.disconnectSockets(close);
  }
}
