package io.realtime.notify.core.inbox;

import java.time.Duration;

/**
 * Bounds of a store. Past a bound the oldest goes; what nobody has proven to have leaves a {@link
 * Gap}.
 */
public record InboxLimits(OfUser ofUser, OfStore ofStore, Lifetimes lifetimes) {

  /**
   * Bounds of one user.
   *
   * @param entries that are unproven
   * @param bytes of unproven entries, by {@link Inbox.Entry#cost}
   * @param provenEntries that are kept for other devices
   * @param provenBytes of those
   * @param pids that can come back; past it the one that ended first is forgotten
   * @param missed entries that a recovered session may have missed
   */
  public record OfUser(
      int entries, long bytes, int provenEntries, long provenBytes, int pids, int missed) {
    public OfUser {
      if (entries < 1 || bytes < 1 || provenEntries < 1 || provenBytes < 1 || pids < 2) {
        throw new IllegalArgumentException("limits of a user: too small (expected: >= 1, pids 2)");
      }
    }
  }

  /**
   * Bounds of the whole store.
   *
   * @param users whose head is remembered although their inbox is empty
   * @param bytes of all entries; past it the oldest entries of all go
   * @param onceKeys that are remembered
   * @param idempotencyKeys that are remembered
   */
  public record OfStore(int users, long bytes, int onceKeys, int idempotencyKeys) {
    public OfStore {
      if (users < 1 || bytes < 1 || onceKeys < 1 || idempotencyKeys < 1) {
        throw new IllegalArgumentException("limits of the store: not positive (expected: >= 1)");
      }
    }
  }

  /**
   * How long things are kept.
   *
   * @param entry while it is unproven
   * @param head beyond the last entry that was stored, at least
   * @param proven while another device may need it
   * @param pid after its last sign of life
   * @param key once-keys and idempotency keys
   */
  public record Lifetimes(
      Duration entry, Duration head, Duration proven, Duration pid, Duration key) {}

  /**
   * 1,000 entries and 1 MiB a user for 7 days, the same of proven ones for 180 s, 32 pids, 100
   * missed; 1,000,000 users, 1 GiB and 1,000,000 keys of each kind in all.
   */
  public static InboxLimits defaults() {
    return new InboxLimits(
        new OfUser(1_000, 1L << 20, 1_000, 1L << 20, 32, 100),
        new OfStore(1_000_000, 1L << 30, 1_000_000, 1_000_000),
        new Lifetimes(
            Duration.ofDays(7),
            Duration.ofDays(14),
            Duration.ofMinutes(3),
            Duration.ofMinutes(3),
            Duration.ofDays(1)));
  }

  public InboxLimits with(OfUser other) {
    return new InboxLimits(other, ofStore, lifetimes);
  }

  public InboxLimits with(OfStore other) {
    return new InboxLimits(ofUser, other, lifetimes);
  }
}
