package io.realtime.notify.kafka.start;

import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.Watermark;

/**
 * Where a partition starts, and why there.
 *
 * @param offset of the first record to read
 * @param leaderEpoch of the record before it; -1 when unknown
 * @param generation see {@link Watermark}
 */
public record Start(
    PartitionKey partition, long offset, int leaderEpoch, int generation, Reason reason) {

  public Watermark watermark() {
    return new Watermark(offset - 1, leaderEpoch, generation);
  }

  /** Why a partition starts where it does; the label of a metric. */
  public enum Reason {
    /** The watermark says so; nothing to write. */
    RESUMED(false),
    /** The store knows nothing of it, the group's commit does. */
    STORE_LOST(true),
    /** Seen for the first time. */
    FIRST_SEEN(false),
    /** The topic was deleted and created again, or this is another cluster. */
    TOPIC_RECREATED(true),
    /** The leader's log diverges from what we read. */
    LOG_TRUNCATED(true),
    /** The log ends below the watermark. */
    LOG_END_BELOW(true),
    /** Retention removed records before we read them. */
    OUT_OF_RANGE(true);

    private final boolean announced;

    Reason(boolean announced) {
      this.announced = announced;
    }

    /** Whether a person should know. */
    public boolean announced() {
      return announced;
    }
  }
}
