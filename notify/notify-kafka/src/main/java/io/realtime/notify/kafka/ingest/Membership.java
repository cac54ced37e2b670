package io.realtime.notify.kafka.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of other members of the consumer group. One node without a shared store must be
 * alone in it: half of the records would go to the inboxes of the other, and nobody would tell.
 * Another member may be a predecessor that is dead and not yet given up, so it counts only when it
 * is still there one session timeout later; nothing is read until that is clear. Thread-safe.
 */
final class Membership {
  private final Map<String, Instant> others = new TreeMap<>();
  private Duration patience;
  private boolean known;

  /**
   * @param patience how long a dead member may still be seen
   */
  Membership(Duration patience) {
    this.patience = patience;
  }

  enum State {
    /** The group has not been looked at. */
    UNKNOWN,
    ALONE,
    /** Others are seen, perhaps dead ones. */
    OTHERS,
    /** Others are there to stay. */
    CONFLICT
  }

  synchronized void patience(Duration value) {
    patience = value;
  }

  /**
   * These others are members now.
   *
   * @param names client ids; a node that comes back under its name is still there
   */
  synchronized void seen(Collection<String> names, Instant now) {
    known = true;
    others.keySet().retainAll(names);
    names.forEach(name -> others.putIfAbsent(name, now));
  }

  synchronized State state(Instant now) {
    if (!known) {
      return State.UNKNOWN;
    }
    if (others.isEmpty()) {
      return State.ALONE;
    }
    boolean stays = others.values().stream().anyMatch(since -> since.plus(patience).isBefore(now));
    return stays ? State.CONFLICT : State.OTHERS;
  }

  /** Their names, for a person. */
  synchronized String names() {
    return String.join(", ", others.keySet().stream().limit(3).toList());
  }

  synchronized int count() {
    return others.size();
  }
}
