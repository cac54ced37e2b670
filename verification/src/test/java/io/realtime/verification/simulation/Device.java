package io.realtime.verification.simulation;

import java.util.Optional;

/** One device of a user, or an administrator who observes the user's orders. */
final class Device {
  private final String name;
  private final String userId;
  private final boolean observer;
  Optional<Connection> connection = Optional.empty();

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

  @Override
  public String toString() {
    return name;
  }
}
