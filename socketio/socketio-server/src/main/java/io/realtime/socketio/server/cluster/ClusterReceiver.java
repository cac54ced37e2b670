package io.realtime.socketio.server.cluster;

/** What a {@link ClusterBus} tells a node. Any thread, one call at a time for each sender. */
public interface ClusterReceiver {

  /**
   * Another node has said that, in the order in which that node said it; never what this node said
   * itself.
   *
   * @param sender to whom answers go
   */
  void onMessage(String sender, ClusterMessage message);

  /** A node has answered; what nobody waits for any more is ignored. */
  void onResponse(ClusterResponse response);
}
