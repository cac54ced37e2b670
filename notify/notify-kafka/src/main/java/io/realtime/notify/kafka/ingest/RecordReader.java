package io.realtime.notify.kafka.ingest;

import io.realtime.notify.core.ingest.PartitionKey;
import io.realtime.notify.core.ingest.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns Kafka's records into ours. Owned by the poll thread. */
final class RecordReader {
  /** Topics of which is remembered that they were warned about. */
  static final int MAX_WARNED = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(RecordReader.class);

  private final IngestMetrics metrics;
  private final Set<String> warned = new HashSet<>();

  RecordReader(IngestMetrics metrics) {
    this.metrics = metrics;
  }

  SourceRecord read(
      ConsumerRecord<byte[], byte[]> record,
      PartitionKey partition,
      int generation,
      Consumer<?, ?> consumer) {
    if (record.key() == null) {
      keyless(record.topic(), consumer);
    }
    List<SourceRecord.Header> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      headers.add(new SourceRecord.Header(header.key(), header.value()));
    }
    return new SourceRecord(
        partition,
        record.offset(),
        record.leaderEpoch().orElse(-1),
        generation,
        Instant.ofEpochMilli(Math.max(0, record.timestamp())),
        record.key(),
        record.value(),
        List.copyOf(headers));
  }

  /** Order is kept per key: without one, a topic of several partitions has none. */
  private void keyless(String topic, Consumer<?, ?> consumer) {
    boolean several =
        consumer.assignment().stream().filter(p -> p.topic().equals(topic)).limit(2).count() > 1;
    if (!several) {
      return;
    }
    metrics.keyless();
    if (warned.size() < MAX_WARNED && warned.add(topic)) {
      LOG.warn(
          "kafka: topic {} has several partitions and records without a key: their order is not"
              + " kept. Set the key (buyerId, productId)",
          topic);
    }
  }
}
