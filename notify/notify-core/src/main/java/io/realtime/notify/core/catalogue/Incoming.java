package io.realtime.notify.core.catalogue;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record as the catalogue sees it.
 *
 * @param generation how often offsets of the partition started over; shown as {@code ~n} in event
 *     ids
 * @param timestamp the record's own, which a redelivery repeats
 * @param value null for a tombstone; never written to
 */
public record Incoming(
    String topic,
    int partition,
    long offset,
    int generation,
    Instant timestamp,
    byte @Nullable [] value,
    Headers headers) {

  /** {@code topic:partition:offset}, with {@code ~n} after offsets started over. */
  public String position() {
    return position(topic, partition, offset, generation);
  }

  /** See {@link #position()}. */
  public static String position(String topic, int partition, long offset, int generation) {
    String position = topic + ':' + partition + ':' + offset;
    return generation == 0 ? position : position + '~' + generation;
  }

  /** The record's headers. */
  @FunctionalInterface
  public interface Headers {
    /** The last header of that name that has a value. */
    Optional<byte[]> last(String name);

    static Headers none() {
      return name -> Optional.empty();
    }
  }
}
