package io.realtime.socketio.server.api;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A namespace: a Target of all its sockets, its middlewares and its listeners. Any thread. */
public interface Namespace extends Audience {

  String name();

  /**
   * Runs for every CONNECT, in the order of registration, before the socket exists for anyone else.
   */
  Namespace use(Middleware middleware);

  /** Called right after the CONNECT reply was queued, on the socket's home loop. */
  Namespace onConnection(Consumer<Socket> listener);

  // ---- this node

  /** Sockets of this node that are connected. */
  int localSocketCount();

  /** Sockets of this node in {@code room}. */
  int localRoomSize(String room);

  /** A socket of this node by its id. */
  Optional<Socket> localSocket(String id);

  /** The sockets of this node, as they are while it is read. */
  Collection<? extends Socket> localSockets();

  /** Rooms that have members on this node, socket ids among them. A snapshot. */
  Set<String> localRooms();

  /** {@code listener} hears of this node's rooms from here on. */
  Namespace onRoomEvents(RoomListener listener);

  // ---- the cluster

  /** Nodes that have this namespace, this one included. */
  CompletionStage<Integer> serverCount();

  /**
   * The rooms of all nodes, socket ids among them. Fails with {@link AnswersMissingException} when
   * a node has not answered in 5 seconds.
   */
  CompletionStage<Set<String>> allRooms();

  /** Tells the <em>other</em> nodes' {@link #onServerSideEvent} listeners. */
  void serverSideEmit(String event, @Nullable Object... arguments);

  /**
   * Asks the <em>other</em> nodes: completes with one answer from each. Fails with {@link
   * AnswersMissingException}, which has the answers that did come, after 5 seconds.
   */
  CompletionStage<List<@Nullable Object>> serverSideEmitWithAck(
      String event, @Nullable Object... arguments);

  /** Called when another node emits {@code event} to this one; on any thread, must not block. */
  Namespace onServerSideEvent(String event, Consumer<ServerSideEvent> listener);
}
