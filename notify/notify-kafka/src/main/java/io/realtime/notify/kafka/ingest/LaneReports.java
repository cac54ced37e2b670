package io.realtime.notify.kafka.ingest;

import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.kafka.lane.LaneEvents;

/** What lanes tell, as figures and as readiness. */
record LaneReports(IngestMetrics metrics, KafkaHealth health) implements LaneEvents {

  @Override
  public void resolved(Verdict verdict) {
    metrics.resolved(verdict);
  }

  @Override
  public void retried() {
    metrics.retried();
  }

  @Override
  public void blocked(PartitionKey partition, String why) {
    health.blocked(name(partition), why);
  }

  @Override
  public void unblocked(PartitionKey partition) {
    health.unblocked(name(partition));
  }

  private static String name(PartitionKey partition) {
    return partition.topic() + "-" + partition.partition();
  }
}
