package io.realtime.socketio.server.adapter;

import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.RoomListener;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that one namespace has on this node, as an {@link Adapter} acts on them. Any thread;
 * what one thread calls takes effect in its order on every socket. Nothing here asks the cluster.
 */
public interface LocalSockets {

  /** The name of the namespace. */
  String namespace();

  /**
   * Sends {@code message} to all matching sockets.
   *
   * @throws IllegalArgumentException for a message that the namespace's parser cannot encode; then
   *     nobody gets it
   */
  void broadcast(Message message, BroadcastOptions options);

  /**
   * Asks all matching sockets. {@code answers} hears once how many there are, and then their
   * answers until the timeout of the options (5 seconds when they have none) is over.
   *
   * @throws IllegalArgumentException as {@link #broadcast}
   */
  void broadcastWithAck(Message message, BroadcastOptions options, AnswerReceiver answers);

  /**
   * All matching sockets join; what the same thread broadcasts to these rooms next reaches them.
   */
  void socketsJoin(BroadcastOptions options, List<String> rooms);

  /** All matching sockets leave. */
  void socketsLeave(BroadcastOptions options, List<String> rooms);

  /** All matching sockets are disconnected; {@code close} also ends the connections. */
  void disconnectSockets(BroadcastOptions options, boolean close);

  /** The matching sockets; every loop's part is a snapshot. */
  CompletionStage<List<SocketRecord>> fetchSockets(BroadcastOptions options);

  /** The rooms that have members, socket ids among them. A snapshot. */
  Set<String> rooms();

  /** Whether a room, or a socket of that id, is here. */
  boolean hasRoom(String room);

  /**
   * Another node has emitted to this one's application.
   *
   * @param answer where the application's answer goes, at most once; absent when none is wanted
   */
  void onServerSideEvent(List<@Nullable Object> event, @Nullable Consumer<@Nullable Object> answer);

  /** {@code listener} hears of this node's rooms from here on. */
  void onRoomEvents(RoomListener listener);

  /** Runs {@code task} on a loop after {@code delay}, unless cancelled; it must not block. */
  Cancellable schedule(Duration delay, Runnable task);

  /** Something that has been scheduled. */
  @FunctionalInterface
  interface Cancellable {
    void cancel();
  }
}
