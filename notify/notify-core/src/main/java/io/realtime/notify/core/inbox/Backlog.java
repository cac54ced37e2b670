package io.realtime.notify.core.inbox;

/**
 * What a connection is owed of the entries that were there when it came; decided once, by {@link
 * Inbox#connect}. Later entries are all sent to it. Handed back with every page.
 *
 * @param end the head when it was decided
 * @param decidedAt when, on the store's own count of proofs: what was unproven then is owed
 * @param after entries behind this one are owed, whoever proved them
 */
public record Backlog(long end, long decidedAt, long after) {

  /** Every stored entry. */
  public static Backlog everything() {
    return new Backlog(0, 0, 0);
  }

  /**
   * @param provenAt the store's count when the entry was proven; 0 when it was not
   */
  public boolean owes(long seq, long provenAt) {
    return provenAt == 0 || seq > end || seq > after || provenAt > decidedAt;
  }
}
