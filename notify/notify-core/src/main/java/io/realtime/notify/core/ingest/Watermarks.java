package io.realtime.notify.core.ingest;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where partitions start. The same store as the inbox: a watermark written by {@link Intake#accept}
 * is durable with the entries it stands for. Any thread; stages fail with {@link
 * StoreUnavailableException}.
 */
public interface Watermarks {

  /** Every partition that is known, of every incarnation of its topic. */
  CompletionStage<Map<PartitionKey, Watermark>> all();

  /** When the service first started; empty until {@link #initialise} has completed once. */
  CompletionStage<Optional<Instant>> firstStart();

  /** Stores the first starting points and the mark that says so, in one transaction. */
  CompletionStage<Void> initialise(Instant firstStart, Map<PartitionKey, Watermark> starts);

  /**
   * Sets one starting point: a partition that was seen for the first time, or whose offsets started
   * over.
   */
  CompletionStage<Void> set(PartitionKey partition, Watermark watermark);
}
