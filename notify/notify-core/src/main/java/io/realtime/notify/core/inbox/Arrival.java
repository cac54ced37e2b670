package io.realtime.notify.core.inbox;

import java.util.Optional;

/**
 * A client connects (delivery.md 2.7).
 *
 * @param freshPid the pid that it gets when it is not recovered; unguessable, never used before
 * @param returnedPid what it got the last time
 * @param returnedPosition up to where it has everything, as it says; may come without a pid
 * @param mayRecover whether its protocol knows recovery
 */
public record Arrival(
    String userId,
    String freshPid,
    Optional<String> returnedPid,
    Optional<Position> returnedPosition,
    boolean mayRecover) {

  /** A client that brings nothing back. */
  public static Arrival first(String userId, String freshPid) {
    return new Arrival(userId, freshPid, Optional.empty(), Optional.empty(), false);
  }
}
