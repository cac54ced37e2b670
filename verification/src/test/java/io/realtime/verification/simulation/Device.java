package io.realtime.verification.simulation;

import io.realtime.notify.core.inbox.Position;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** One device of a user, or an administrator who observes the user's orders. */
final class Device {
  private final String name;
  private final String userId;
  private final boolean observer;
  Optional<Connection> connection = Optional.empty();

  /** Up to where it has everything, and under which pid, as it returns them. */
  Optional<Position> position = Optional.empty();

  Optional<String> pid = Optional.empty();

  /** Entries that others had proven when it came: nobody owes it those. */
  final Set<Long> seenElsewhere = new HashSet<>();

  /** When it was last seen to have everything. */
  long completeAt;

  Device(String name, String userId, boolean observer) {
    this.name = name;
    this.userId = userId;
    this.observer = observer;
  }

  String userId() {
    return userId;
  }

  boolean observer() {
    return observer;
  }

  boolean online() {
    return connection.map(Connection::usable).orElse(false);
  }

  /** The page was loaded again: it remembers nothing. */
  void reload() {
    position = Optional.empty();
    pid = Optional.empty();
  }

  @Override
  public String toString() {
    return name;
  }
}
