package io.realtime.socketio.server.cluster;

import io.realtime.socketio.server.adapter.BroadcastOptions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one node tells all others about one namespace. JDK values only; immutable. */
public sealed interface ClusterMessage {

  /**
   * An event for matching sockets.
   *
   * @param event name, arguments
   * @param requestId under which answers are wanted, if they are: {@link
   *     ClusterResponse.ClientCount} once and then an {@link ClusterResponse.Answer} for each
   *     client
   */
  record Broadcast(
      List<@Nullable Object> event, BroadcastOptions options, Optional<String> requestId)
      implements ClusterMessage {}

  /** Matching sockets join. */
  record SocketsJoin(BroadcastOptions options, List<String> rooms) implements ClusterMessage {}

  /** Matching sockets leave. */
  record SocketsLeave(BroadcastOptions options, List<String> rooms) implements ClusterMessage {}

  /** Matching sockets are disconnected. */
  record DisconnectSockets(BroadcastOptions options, boolean close) implements ClusterMessage {}

  /** Wants {@link ClusterResponse.Sockets}, of a node without any too. */
  record FetchSockets(BroadcastOptions options, String requestId) implements ClusterMessage {}

  /** Wants {@link ClusterResponse.Rooms}, of a node without any too. */
  record AllRooms(String requestId) implements ClusterMessage {}

  /**
   * An event for the application.
   *
   * @param event name, arguments
   * @param requestId under which an {@link ClusterResponse.ServerSideAnswer} is wanted, if it is
   */
  record ServerSideEmit(List<@Nullable Object> event, Optional<String> requestId)
      implements ClusterMessage {}
}
