package io.realtime.socketio.server.api;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A {@link Target} of all sockets of a namespace, under another name. */
public interface Audience extends Target {

  /** The target that is meant. */
  Target everyone();

  @Override
  default Target to(String... rooms) {
    return everyone().to(rooms);
  }

  @Override
  default Target except(String... rooms) {
    return everyone().except(rooms);
  }

  @Override
  default Target local() {
    return everyone().local();
  }

  @Override
  default Target volatileOnly() {
    return everyone().volatileOnly();
  }

  @Override
  default Target compress(boolean wanted) {
    return everyone().compress(wanted);
  }

  @Override
  default Target timeout(Duration limit) {
    return everyone().timeout(limit);
  }

  @Override
  default CompletionStage<List<@Nullable Object>> emitWithAck(
      String event, @Nullable Object... arguments) {
    return everyone().emitWithAck(event, arguments);
  }

  @Override
  default CompletionStage<List<RemoteSocket>> fetchSockets() {
    return everyone().fetchSockets();
  }

  @Override
  default void emit(String event, @Nullable Object... arguments) {
    everyone().emit(event, arguments);
  }

  @Override
  default void emit(Message message) {
    everyone().emit(message);
  }

  @Override
  default void socketsJoin(String... rooms) {
    everyone().socketsJoin(rooms);
  }

  @Override
  default void socketsLeave(String... rooms) {
    everyone().socketsLeave(rooms);
  }

  @Override
  default void disconnectSockets(boolean close) {
    everyone().disconnectSockets(close);
  }

  @Override
  default void forEachLocal(Consumer<Socket> action) {
    everyone().forEachLocal(action);
  }

  @Override
  default List<String> rooms() {
    return List.of();
  }
}
