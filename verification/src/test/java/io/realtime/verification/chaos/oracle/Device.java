package io.realtime.verification.chaos.oracle;

import java.util.List;

/**
 * A client and everything it saw, from before the first record was produced.
 *
 * @param user whose it is; of an observer, whom it observes
 */
public record Device(String name, String user, Role role, List<Happening> happenings) {

  public Device {
    happenings = List.copyOf(happenings);
  }

  /** What a device is owed. */
  public enum Role {
    /** Everything of its user. */
    OWNER,
    /** An administrator who subscribed to a user's orders: nothing, and it must prove nothing. */
    OBSERVER,
    /** Connected when every inbox should have been empty: markers and nothing else. */
    AUDITOR
  }
}
