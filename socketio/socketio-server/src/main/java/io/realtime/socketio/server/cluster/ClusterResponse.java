package io.realtime.socketio.server.cluster;

import io.realtime.socketio.server.adapter.SocketRecord;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one node answers another. JDK values only; immutable. */
public sealed interface ClusterResponse {

  /** Of the message that is answered. */
  String requestId();

  /** How many clients of the node have been asked. */
  record ClientCount(String requestId, int clients) implements ClusterResponse {}

  /** What one client has answered. */
  record Answer(String requestId, @Nullable Object answer) implements ClusterResponse {}

  /** Matching sockets of the node. */
  record Sockets(String requestId, List<SocketRecord> sockets) implements ClusterResponse {}

  /** Rooms of the node. */
  record Rooms(String requestId, Set<String> rooms) implements ClusterResponse {}

  /** What the node's application has answered. */
  record ServerSideAnswer(String requestId, @Nullable Object answer) implements ClusterResponse {}
}
