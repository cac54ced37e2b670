package io.realtime.verification.chaos.oracle;

import java.time.Duration;

/** One thing that a device saw, in the order in which it saw them. */
public sealed interface Happening {

  /**
   * It is connected, again or for the first time.
   *
   * @param recovered what the server told it
   * @param resumed whether it returned the session of its last connection, which ended {@code away}
   *     ago
   */
  record Connected(boolean recovered, boolean resumed, Duration away) implements Happening {
    /** How long a device may be away and still miss nothing. */
    static final Duration REACH = Duration.ofMinutes(2);

    boolean misses() {
      return !recovered && !(resumed && away.compareTo(REACH) <= 0);
    }
  }

  /** Its connection ended. */
  record Disconnected() implements Happening {}

  /**
   * An event came.
   *
   * @param digest of the fields that its producer wrote
   * @param text a digest of the whole payload
   */
  record Seen(String event, String eventId, String digest, String text) implements Happening {}

  /** {@code inbox:gap} came. */
  record GapTold(long evicted, String since, String until) implements Happening {}

  /** It was told to stay away, which nothing in a round is a reason for. */
  record Refused(String why) implements Happening {}
}
