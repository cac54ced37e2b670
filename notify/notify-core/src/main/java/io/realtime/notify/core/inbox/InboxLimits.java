package io.realtime.notify.core.inbox;

import java.time.Duration;

/**
 * Bounds of a store. Past a bound the oldest entry goes and is counted; past a bound of the whole
 * store, that of the user to whom nothing came for the longest time.
 *
 * @param entriesPerUser unproven entries; proven ones have the same bound apart
 * @param bytesPerUser of unproven entries; proven ones have the same bound apart
 * @param ttl of an unproven entry, and of the head of an empty inbox
 * @param provenTtl of a proven entry that other devices may need
 * @param users whose heads are known
 * @param totalBytes of all entries
 * @param onceKeys that are remembered
 * @param onceTtl for how long
 */
public record InboxLimits(
    int entriesPerUser,
    long bytesPerUser,
    Duration ttl,
    Duration provenTtl,
    int users,
    long totalBytes,
    int onceKeys,
    Duration onceTtl) {

  public InboxLimits {
    if (entriesPerUser < 1 || bytesPerUser < 1 || users < 1 || totalBytes < 1 || onceKeys < 1) {
      throw new IllegalArgumentException("limits: not positive (expected: >= 1)");
    }
  }

  /** 1,000 entries and 1 MiB a user for 7 days; 100,000 users and 256 MiB in all. */
  public static InboxLimits defaults() {
    return new InboxLimits(
        1_000,
        1L << 20,
        Duration.ofDays(7),
        Duration.ofMinutes(3),
        100_000,
        256L << 20,
        100_000,
        Duration.ofDays(1));
  }
}
