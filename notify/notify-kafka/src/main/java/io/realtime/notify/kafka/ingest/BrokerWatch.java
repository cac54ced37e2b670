package io.realtime.notify.kafka.ingest;

import io.realtime.notify.kafka.client.Causes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker three questions, without waiting: are you there (a consumer never says), which
 * incarnation of a topic is this (a topic that was deleted and created again looks the same to a
 * consumer), and where do the logs end (a consumer forgets that of a paused partition). Driven by
 * the poll thread; answers come on the admin client's thread.
 */
final class BrokerWatch {
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final int TIMEOUT_MS = 3_000;
  private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);

  private final Admin admin;
  private final KafkaHealth health;
  private final Map<String, String> topicIds = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
  private final AtomicBoolean endsUnderway = new AtomicBoolean();
  private final AtomicBoolean pingUnderway = new AtomicBoolean();
  private final AtomicBoolean describeUnderway = new AtomicBoolean();
  private final AtomicBoolean down = new AtomicBoolean();
  private long nextAt = System.nanoTime();

  BrokerWatch(Admin admin, KafkaHealth health) {
    this.admin = admin;
    this.health = health;
  }

  /** Asks again when it is time to. */
  void tick(Set<TopicPartition> partitions) {
    long now = System.nanoTime();
    if (now - nextAt < 0) {
      return;
    }
    nextAt = now + INTERVAL.toNanos();
    if (pingUnderway.compareAndSet(false, true)) {
      var _ =
          admin
              .describeCluster(new DescribeClusterOptions().timeoutMs(TIMEOUT_MS))
              .clusterId()
              .whenComplete(
                  (id, failure) -> {
                    pingUnderway.set(false);
                    answered(Optional.ofNullable(failure));
                  });
    }
    Set<String> topics = new HashSet<>();
    partitions.forEach(p -> topics.add(p.topic()));
    topicIds.keySet().retainAll(topics);
    ends.keySet().retainAll(partitions);
    if (!partitions.isEmpty() && endsUnderway.compareAndSet(false, true)) {
      askEnds(partitions);
    }
    if (!topics.isEmpty() && describeUnderway.compareAndSet(false, true)) {
      describe(topics);
    }
  }

  /** What the broker said last; empty when it has not, or the topic is not there. */
  Optional<String> topicId(String topic) {
    return Optional.ofNullable(topicIds.get(topic));
  }

  /** The end of this log when it was last asked for; 0 before. */
  long end(TopicPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }

  private void askEnds(Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(p -> latest.put(p, OffsetSpec.latest()));
    ListOffsetsOptions options =
        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(TIMEOUT_MS);
    ListOffsetsResult answer = admin.listOffsets(latest, options);
    for (TopicPartition partition : latest.keySet()) {
      var _ =
          answer
              .partitionResult(partition)
              .whenComplete(
                  (end, failure) -> {
                    if (failure == null) {
                      ends.put(partition, end.offset());
                    }
                  });
    }
    var _ = answer.all().whenComplete((all, failure) -> endsUnderway.set(false));
  }

  /** What was said before counts no more. */
  void forget(String topic) {
    topicIds.remove(topic);
  }

  private void describe(Set<String> topics) {
    var answers =
        admin
            .describeTopics(topics, new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS))
            .topicNameValues();
    answers.forEach(
        (topic, answer) -> {
          var _ =
              answer.whenComplete(
                  (description, failure) -> {
                    if (failure == null) {
                      topicIds.put(topic, description.topicId().toString());
                    }
                  });
        });
    var _ =
        KafkaFuture.allOf(answers.values().toArray(KafkaFuture<?>[]::new))
            .whenComplete((done, failure) -> describeUnderway.set(false));
  }

  private void answered(Optional<Throwable> failure) {
    health.reachable(failure.map(Causes::text));
    if (failure.isPresent() && down.compareAndSet(false, true)) {
      LOG.warn("kafka is not reachable: {}", Causes.text(failure.get()));
    } else if (failure.isEmpty() && down.compareAndSet(true, false)) {
      LOG.info("kafka is reachable again");
    }
  }
}
