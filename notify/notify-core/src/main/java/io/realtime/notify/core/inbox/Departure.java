package io.realtime.notify.core.inbox;

import java.time.Instant;

/** How a session ended. */
public sealed interface Departure {
  /** The client said that it goes: its pid ends now. */
  record Goodbye() implements Departure {}

  /**
   * The link broke: the pid ends 180 s after the last sign of life.
   *
   * @param lastAlive when the last pong came, or the connection was made
   */
  record Lost(Instant lastAlive) implements Departure {}
}
