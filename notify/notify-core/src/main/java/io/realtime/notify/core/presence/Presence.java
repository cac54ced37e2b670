package io.realtime.notify.core.presence;

import java.util.List;
import java.util.Optional;

/** Counts of connections; one node's view until the cluster brings more. */
public interface Presence {

  int totalConnections();

  int uniqueUsers();

  int connectionsOf(String userId);

  /** Users by id, in order, at most {@code limit}, those after {@code after} when it is given. */
  List<UserConnections> users(int limit, Optional<String> after);

  record UserConnections(String userId, int connectionCount) {}
}
