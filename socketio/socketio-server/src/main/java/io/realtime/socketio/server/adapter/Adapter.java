package io.realtime.socketio.server.adapter;

import io.realtime.socketio.server.api.Message;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a namespace asks of its cluster: one adapter for each namespace. Whatever is not limited to
 * this node goes through it.
 *
 * <p><b>This node's share.</b> {@link #broadcast}, {@link #broadcastWithAck}, {@link #socketsJoin},
 * {@link #socketsLeave} and {@link #disconnectSockets} concern the whole cluster, this node
 * included: the adapter itself calls the method of the same name of its {@link LocalSockets},
 * either at once or when its own message comes back from the cluster, as its format says, and
 * exactly once. It may hand on another {@link Message} than it was given, with a position of its
 * log appended. The other methods concern the other nodes only; the namespace adds its own share.
 *
 * <p><b>Order.</b> Calls of one thread take effect on every node in the order in which they were
 * made; calls of different threads in any order. An adapter whose own share comes by echo keeps
 * that order for the echoes too, but not towards what the thread does to single sockets.
 *
 * <p><b>Delivery and atomicity.</b> At most once on every node, and on each node separately: a node
 * that leaves, or is cut off, misses what was said meanwhile. Nothing is repeated.
 *
 * <p><b>Failure.</b> What has no result never fails towards the caller: the adapter logs that the
 * cluster was not reached, and still does this node's share. A stage fails with {@link
 * io.realtime.socketio.server.api.AnswersMissingException} when nodes have not answered in time,
 * and with what the cluster's client reports otherwise.
 *
 * <p><b>Threading.</b> Called from any thread, loops among them: methods return at once and never
 * block; stages complete on any thread.
 */
public interface Adapter {

  /** Takes part in the cluster; completes when this node hears the others. Called once. */
  CompletionStage<Void> start();

  /** Leaves the cluster; what is still asked completes with a failure. Called once. */
  CompletionStage<Void> close();

  /** Nodes that have this namespace, this one included: at least 1. */
  CompletionStage<Integer> serverCount();

  /** Sends {@code message} to all matching sockets of the cluster. */
  void broadcast(Message message, BroadcastOptions options);

  /**
   * Asks all matching sockets of the cluster. Every node reports how many it has asked, once, and
   * then their answers, to {@code answers}; who asks knows from {@link #serverCount} how many nodes
   * will report, and gives up after the {@link BroadcastOptions.Flags#timeout} of the options.
   */
  void broadcastWithAck(Message message, BroadcastOptions options, AnswerReceiver answers);

  /** All matching sockets of the cluster join {@code rooms}. */
  void socketsJoin(BroadcastOptions options, List<String> rooms);

  /** All matching sockets of the cluster leave {@code rooms}. */
  void socketsLeave(BroadcastOptions options, List<String> rooms);

  /** All matching sockets of the cluster are disconnected; {@code close} ends the connections. */
  void disconnectSockets(BroadcastOptions options, boolean close);

  /**
   * The matching sockets of the <em>other</em> nodes, in any order. Waits for the {@link
   * BroadcastOptions.Flags#timeout} of the options, or 5 seconds.
   */
  CompletionStage<List<SocketRecord>> fetchSockets(BroadcastOptions options);

  /** The rooms of the <em>other</em> nodes. Waits for 5 seconds. */
  CompletionStage<Set<String>> allRooms();

  /** Tells the <em>other</em> nodes' {@link LocalSockets#onServerSideEvent}: name, arguments. */
  void serverSideEmit(List<@Nullable Object> event);

  /**
   * Asks the <em>other</em> nodes: one answer from each. Waits for 5 seconds, then fails with the
   * answers that have come.
   */
  CompletionStage<List<@Nullable Object>> serverSideEmitWithAck(List<@Nullable Object> event);
}
