package io.realtime.socketio.server.cluster;

import java.util.concurrent.CompletionStage;

/**
 * The means by which the nodes of a cluster hear each other about one namespace: an implementation
 * knows channels and formats, and nothing else. Methods are called from any thread, return at once,
 * and never call the receiver before they have returned. Delivery is at most once; messages of one
 * thread keep their order.
 */
public interface ClusterBus {

  /** From now on {@code receiver} hears the others; completes when it does. Called once. */
  CompletionStage<Void> open(ClusterReceiver receiver);

  /** This node hears and says nothing more. Called once. */
  CompletionStage<Void> close();

  /** Nodes that hear each other now, this one included. */
  CompletionStage<Integer> nodeCount();

  /** To all other nodes; completes when the message is on its way. */
  CompletionStage<Void> publish(ClusterMessage message);

  /**
   * To one other node; completes when the answer is on its way.
   *
   * @param node the {@code sender} of what is answered
   */
  CompletionStage<Void> respond(String node, ClusterResponse response);
}
