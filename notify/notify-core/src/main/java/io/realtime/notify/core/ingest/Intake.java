package io.realtime.notify.core.ingest;

import io.realtime.notify.core.catalogue.Verdict;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The one way in. Kafka's lanes call it; nothing else can send to a user. */
public interface Intake {

  /**
   * What {@code record} is. A pure function of the record; any thread. An exception it throws is
   * unexpected: the caller retries and in the end dead-letters with stage ROUTE.
   */
  Verdict route(SourceRecord record);

  /**
   * Appends the resolved records of one partition, in offset order, and advances its watermark to
   * the last one, atomically; then sends what they say. A record at or below the watermark is
   * ignored. Records of one partition are handed in by one caller at a time; partitions are
   * independent.
   *
   * @return completes when all are durable as far as the store promises, or fails with {@link
   *     StoreUnavailableException} when none is: the caller pauses the partition and hands the same
   *     records in again
   */
  CompletionStage<Void> accept(PartitionKey partition, List<Resolved> records);

  /**
   * One resolved record.
   *
   * @param verdict a {@link Verdict.Reject} only after the broker has acknowledged its dead letter
   */
  record Resolved(SourceRecord record, Verdict verdict) {}
}
