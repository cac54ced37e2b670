package io.realtime.notify.kafka.ingest;

import io.realtime.notify.core.health.Health;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the way in can do now, for {@code /health/ready}. Written by the poll thread, the lanes and
 * the broker watch; read by any thread.
 */
final class KafkaHealth implements Health.Source {
  private static final String MEANWHILE =
      "connections stay up, events wait in kafka and none is lost; it is tried again by itself";

  /** Partitions named in a detail. */
  private static final int MAX_NAMED = 3;

  private final String brokers;
  private final IngestMetrics metrics;
  private final Map<String, String> blocked = new ConcurrentHashMap<>();
  private volatile boolean joined;
  private volatile boolean stopped;
  private volatile int partitions;
  private volatile @Nullable String unreachable;
  private volatile @Nullable String failure;
  private volatile @Nullable String waiting;
  private volatile List<String> topicProblems = List.of();
  private volatile Membership.State group = Membership.State.UNKNOWN;
  private volatile String others = "";
  private final AtomicInteger irregularStarts = new AtomicInteger();
  private volatile String lastIrregularStart = "";

  KafkaHealth(String brokers, IngestMetrics metrics) {
    this.brokers = brokers;
    this.metrics = metrics;
  }

  /** The consumer cannot work and is made again after a while. */
  void failed(String why) {
    failure = why;
    joined = false;
  }

  /** The group has answered; partitions may be none. */
  void joined() {
    joined = true;
    failure = null;
  }

  void partitions(int count) {
    partitions = count;
  }

  /** The broker watch's last word. */
  void reachable(Optional<String> whyNot) {
    unreachable = whyNot.orElse(null);
  }

  /** Why partitions that are ours cannot start yet; empty when all have. */
  void waiting(Optional<String> why) {
    waiting = why.orElse(null);
  }

  void topicProblems(List<String> problems) {
    topicProblems = problems;
  }

  /** Who else is in the group. */
  void group(Membership.State state, String names) {
    group = state;
    others = names;
  }

  /** A partition does not go on where it should. */
  void startedElsewhere(String what) {
    lastIrregularStart = what;
    irregularStarts.incrementAndGet();
  }

  /** A lane waits for something that it needs. */
  void blocked(String partition, String why) {
    blocked.put(partition, why);
  }

  void unblocked(String partition) {
    blocked.remove(partition);
  }

  void stopped() {
    stopped = true;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public Health health() {
    if (stopped) {
      return new Health(Health.Status.DRAINING, "kafka: stopped reading");
    }
    String down = unreachable;
    String why = failure != null ? failure : down;
    if (why != null) {
      return degraded("cannot read from " + brokers + " (" + why + "): " + MEANWHILE);
    }
    if (group == Membership.State.CONFLICT) {
      return new Health(
          Health.Status.DOWN,
          "kafka: "
              + GroupWatch.CODE
              + ": "
              + others
              + " is in the consumer group too, and nodes without a shared store would each deliver"
              + " a part; nothing is read, events wait in kafka");
    }
    if (group == Membership.State.OTHERS) {
      return degraded(
          others + " is in the consumer group; nothing is read until it is gone: " + MEANWHILE);
    }
    if (!joined) {
      return new Health(Health.Status.STARTING, "kafka: connecting to " + brokers);
    }
    if (waiting != null) {
      return degraded("partitions cannot start (" + waiting + "): " + MEANWHILE);
    }
    if (!blocked.isEmpty()) {
      return degraded(blockedText() + ": " + MEANWHILE);
    }
    if (!topicProblems.isEmpty()) {
      return degraded(String.join("; ", topicProblems));
    }
    return new Health(
        Health.Status.OK,
        "kafka: connected to "
            + brokers
            + ", "
            + partitions
            + " partitions, lag "
            + metrics.lag()
            + " records"
            + irregular());
  }

  private String irregular() {
    int count = irregularStarts.get();
    return count == 0
        ? ""
        : "; " + count + " partitions went on elsewhere, last " + lastIrregularStart;
  }

  private String blockedText() {
    Map<String, String> all = new TreeMap<>(blocked);
    StringBuilder text = new StringBuilder(all.size() + " partitions paused");
    all.entrySet().stream()
        .limit(MAX_NAMED)
        .forEach(
            e ->
                text.append(", ").append(e.getKey()).append(" (").append(e.getValue()).append(')'));
    return text.toString();
  }

  private static Health degraded(String detail) {
    return new Health(Health.Status.DEGRADED, "kafka: " + detail);
  }
}
