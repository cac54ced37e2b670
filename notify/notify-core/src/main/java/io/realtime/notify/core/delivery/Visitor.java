package io.realtime.notify.core.delivery;

import io.realtime.notify.core.inbox.Position;
import java.util.Optional;

/**
 * Who comes to an inbox, and what it brings back from the last time; nothing of it has been
 * checked, but whose inbox it is.
 *
 * @param pid what it was told then
 * @param position up to where it has everything, as it says
 * @param mayRecover whether it can go on where it was: its protocol knows that, and all that it is
 *     sent without asking is in the inbox
 */
public record Visitor(
    String userId,
    Optional<String> pid,
    Optional<Position> position,
    boolean mayRecover,
    Receipt receipt) {

  /** Somebody whose transport proves receipt. */
  public Visitor(
      String userId, Optional<String> pid, Optional<Position> position, boolean mayRecover) {
    this(userId, pid, position, mayRecover, Receipt.TRANSPORT);
  }
}
