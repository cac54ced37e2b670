package io.realtime.notify.core.inbox;

import java.util.List;

/**
 * What has to be known of a session to go on with it after its link broke, or this process ended.
 *
 * @param recoverable whether {@code recovered} would be the truth: false while the session holds
 *     subscriptions whose events are not in the inbox
 * @param rooms its subscriptions, to be restored; at most {@value #MAX_ROOMS}
 */
public record SessionNote(boolean recoverable, List<String> rooms) {
  public static final int MAX_ROOMS = 64;

  public SessionNote {
    rooms = List.copyOf(rooms);
    if (rooms.size() > MAX_ROOMS) {
      throw new IllegalArgumentException(
          "rooms: " + rooms.size() + " (expected: at most " + MAX_ROOMS + ")");
    }
    for (String room : rooms) {
      if (room.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("room: line break (expected: one line)");
      }
    }
  }

  /** No subscriptions. */
  public static SessionNote empty() {
    return new SessionNote(true, List.of());
  }
}
