package io.realtime.notify.core.presence;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of this node, counted by user. Holds one entry per connected user, so the
 * listener's bound on connections bounds it too.
 */
public final class LocalPresence implements Presence {
  private final ConcurrentSkipListMap<String, Integer> byUser = new ConcurrentSkipListMap<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger users = new AtomicInteger();

  public void opened(String userId) {
    connections.incrementAndGet();
    if (byUser.merge(userId, 1, Integer::sum) == 1) {
      users.incrementAndGet();
    }
  }

  /** The counterpart of one {@link #opened}. */
  public void closed(String userId) {
    connections.decrementAndGet();
    if (byUser.computeIfPresent(userId, (id, count) -> count == 1 ? null : count - 1) == null) {
      users.decrementAndGet();
    }
  }

  @Override
  public int totalConnections() {
    return connections.get();
  }

  @Override
  public int uniqueUsers() {
    return users.get();
  }

  @Override
  public int connectionsOf(String userId) {
    return byUser.getOrDefault(userId, 0);
  }

  @Override
  public List<UserConnections> users(int limit, Optional<String> after) {
    NavigableMap<String, Integer> rest =
        after.isPresent() ? byUser.tailMap(after.get(), false) : byUser;
    return rest.entrySet().stream()
        .limit(limit)
        .map(entry -> new UserConnections(entry.getKey(), entry.getValue()))
        .toList();
  }
}
