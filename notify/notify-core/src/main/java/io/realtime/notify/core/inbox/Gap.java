package io.realtime.notify.core.inbox;

import java.time.Instant;

/**
 * Events of a user that were removed before anyone proved to have them, not told to the user yet.
 * There is at most one per reason: what is evicted later is merged in. {@code fromSeq} changes when
 * a telling is proven, so the pair of reason and {@code fromSeq} names one telling.
 *
 * @param fromSeq the first that is gone
 * @param untilSeq the last; what lies between may have been delivered
 * @param evicted how many are gone
 * @param since when the earliest of them was accepted, or before: a telling that was proven does
 *     not move it, because records of other partitions may be older than what was told
 * @param until when the latest of them was accepted
 */
public record Gap(
    Reason reason, long fromSeq, long untilSeq, long evicted, Instant since, Instant until) {

  /** Why; its lower-case name is what clients and metrics see. */
  public enum Reason {
    /** The user's own bound was reached. */
    CAP,
    /** They reached their time to live. */
    TTL,
    /** The bound of the whole store was reached. */
    STORE
  }

  /** This one, grown by what was evicted later for the same reason. */
  public Gap merge(Gap later) {
    return new Gap(
        reason,
        Math.min(fromSeq, later.fromSeq),
        Math.max(untilSeq, later.untilSeq),
        evicted + later.evicted,
        since.isBefore(later.since) ? since : later.since,
        until.isAfter(later.until) ? until : later.until);
  }

  /**
   * What is left of this one when {@code told}, an earlier state of it, is known to the user. Its
   * {@code evicted} is 0 when nothing is left.
   */
  public Gap minus(Gap told) {
    return fromSeq == told.fromSeq
        ? new Gap(reason, told.untilSeq + 1, untilSeq, evicted - told.evicted, since, until)
        : this;
  }
}
