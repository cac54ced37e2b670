package io.realtime.notify.core.ingest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record as it came from Kafka. The arrays belong to it and are never written to.
 *
 * @param generation see {@link Watermark}
 * @param timestamp when the producer or the broker stamped it
 * @param key null when the record has none
 * @param value null for a tombstone
 */
public record SourceRecord(
    PartitionKey partition,
    long offset,
    int leaderEpoch,
    int generation,
    Instant timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<Header> headers) {

  /** The last header of that name. */
  public Optional<byte[]> header(String name) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      Header header = headers.get(i);
      if (header.name().equals(name) && header.value() != null) {
        return Optional.of(header.value());
      }
    }
    return Optional.empty();
  }

  /** A record header; Kafka allows a null value. */
  public record Header(String name, byte @Nullable [] value) {}
}
