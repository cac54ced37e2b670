package io.realtime.socketio.server.api;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of sockets to act on: a namespace, or rooms of it, less the excluded ones, on all nodes of
 * the cluster unless {@link #local}. Immutable; any thread. What one thread asks of it happens to
 * every socket in that order.
 */
public interface Target extends Broadcast {

  @Override
  Target to(String... rooms);

  @Override
  default Target in(String... rooms) {
    return to(rooms);
  }

  @Override
  Target except(String... rooms);

  @Override
  Target local();

  @Override
  Target volatileOnly();

  @Override
  Target compress(boolean wanted);

  /** How long {@link #emitWithAck} and {@link #fetchSockets} wait; 5 seconds by default. */
  Target timeout(Duration limit);

  /**
   * Sends an event and completes with the answers of all clients, the first argument of each, in
   * the order of their arrival. Fails with {@link AnswersMissingException}, which has the answers
   * that did come, when the timeout is over before every node and every client has answered.
   */
  CompletionStage<List<@Nullable Object>> emitWithAck(String event, @Nullable Object... arguments);

  /**
   * The matching sockets: those of this node are {@link Socket}s, the others can be told to join,
   * leave, receive and disconnect. Fails with {@link AnswersMissingException} when a node has not
   * answered in time.
   */
  CompletionStage<List<RemoteSocket>> fetchSockets();

  /** The ids of the matching sockets. Fails as {@link #fetchSockets}. */
  default CompletionStage<Set<String>> allSockets() {
    return fetchSockets()
        .thenApply(
            sockets -> {
              Set<String> ids = HashSet.newHashSet(sockets.size());
              sockets.forEach(socket -> ids.add(socket.id()));
              return ids;
            });
  }

  /** How many sockets match. Fails as {@link #fetchSockets}. */
  default CompletionStage<Integer> socketsCount() {
    return fetchSockets().thenApply(List::size);
  }

  /** All matching sockets join {@code rooms}. */
  void socketsJoin(String... rooms);

  /** All matching sockets leave {@code rooms}. */
  void socketsLeave(String... rooms);

  /**
   * Disconnects all matching sockets with {@code 41}, after which stock clients stay away; {@code
   * close} also ends the connections.
   */
  void disconnectSockets(boolean close);

  /** As {@link #disconnectSockets(boolean)}; the connections stay. */
  default void disconnectSockets() {
    disconnectSockets(false);
  }

  /**
   * Runs {@code action} for every matching socket of this node, on the socket's home loop: one task
   * per loop that has members, in order behind everything that this caller handed in before.
   */
  void forEachLocal(Consumer<Socket> action);

  /** The rooms of this target; empty for the whole namespace. */
  List<String> rooms();
}
