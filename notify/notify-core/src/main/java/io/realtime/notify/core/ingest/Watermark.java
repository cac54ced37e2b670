package io.realtime.notify.core.ingest;

/**
 * How far a partition is resolved.
 *
 * @param offset the last resolved offset; -1 before the first
 * @param leaderEpoch of the record at {@code offset}; -1 when unknown
 * @param generation how often offsets of this partition started over (0 for the first time); event
 *     ids show it as {@code ~n}
 */
public record Watermark(long offset, int leaderEpoch, int generation) {

  /** Whether a record here has not been resolved when everything up to {@code other} has. */
  public boolean isAfter(Watermark other) {
    return generation > other.generation
        || (generation == other.generation && offset > other.offset);
  }
}
