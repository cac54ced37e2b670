package io.realtime.notify.core.delivery;

import java.util.concurrent.ConcurrentHashMap;

/**
 * How many connections each user has, counted from their CONNECT on: so a crowd that comes at once
 * cannot pass the bound together. One entry per connected user. Any thread.
 */
final class Places {
  private final int each;
  private final ConcurrentHashMap<String, Integer> taken = new ConcurrentHashMap<>();

  /**
   * @param each how many one user may have
   */
  Places(int each) {
    this.each = each;
  }

  /** Takes one; false when the user has all of them. */
  boolean take(String userId) {
    boolean[] free = new boolean[1];
    taken.compute(
        userId,
        (user, count) -> {
          int before = count == null ? 0 : count;
          free[0] = before < each;
          return free[0] ? Integer.valueOf(before + 1) : count;
        });
    return free[0];
  }

  /** The counterpart of one {@link #take} that was true. */
  void giveBack(String userId) {
    taken.computeIfPresent(userId, (user, count) -> count == 1 ? null : count - 1);
  }
}
