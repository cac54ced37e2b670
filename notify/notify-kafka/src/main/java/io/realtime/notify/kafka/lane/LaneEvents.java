package io.realtime.notify.kafka.lane;

import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.ingest.PartitionKey;

/** What lanes tell those who watch them. Called by any lane's step; does not block. */
public interface LaneEvents {

  /** A record has its place in the store, or needs none. */
  void resolved(Verdict verdict);

  /** A record is tried once more. */
  void retried();

  /** The lane waits for something that it needs. */
  void blocked(PartitionKey partition, String why);

  void unblocked(PartitionKey partition);
}
