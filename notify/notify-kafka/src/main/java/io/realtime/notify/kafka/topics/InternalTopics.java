package io.realtime.notify.kafka.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The topics that are ours: made when they are missing, looked at when they are there. */
public final class InternalTopics {
  /** Where REST calls and replays enter. */
  public static final String INGRESS = "realtime.ingress";

  /** Where records go that cannot be delivered. */
  public static final String DEAD_LETTER = "realtime.dead-letter";

  /**
   * What was decided about dead letters, keyed by letter. Compacted, and kept longer than they are.
   */
  public static final String DECISIONS = "realtime.dead-letter-decisions";

  /** Below this, a person has too little time to look at a dead letter. */
  public static final Duration MIN_RETENTION = Duration.ofDays(7);

  private static final List<Wanted> ALL =
      List.of(
          new Wanted(INGRESS, 6, MIN_RETENTION, "delete", true),
          new Wanted(DEAD_LETTER, 3, Duration.ofDays(30), "delete", false),
          new Wanted(DECISIONS, 1, Duration.ofDays(90), "compact,delete", false));
  private static final long TIMEOUT_SECONDS = 5;

  private InternalTopics() {}

  /**
   * How a topic is made.
   *
   * @param read whether this service reads it
   */
  private record Wanted(
      String topic, int partitions, Duration retention, String policy, boolean read) {
    boolean compacted() {
      return policy.contains("compact");
    }
  }

  /**
   * Creates or verifies all topics. Blocks for some seconds at most.
   *
   * @return what is wrong, one sentence each; empty when all is well
   * @throws InterruptedException when the caller is stopped
   */
  public static List<String> ensure(Admin admin) throws InterruptedException {
    List<String> problems = new ArrayList<>();
    for (Wanted wanted : ALL) {
      ensure(admin, wanted).ifPresent(problems::add);
    }
    return List.copyOf(problems);
  }

  private static Optional<String> ensure(Admin admin, Wanted wanted) throws InterruptedException {
    String topic = wanted.topic();
    try {
      TopicDescription description = describe(admin, topic);
      if (description == null) {
        create(admin, wanted);
        return Optional.empty();
      }
      return verify(admin, description, wanted);
    } catch (ExecutionException e) {
      return Optional.of("topic " + topic + ": " + reason(e));
    } catch (TimeoutException e) {
      return Optional.of("topic " + topic + ": no answer in " + TIMEOUT_SECONDS + " s");
    }
  }

  private static @Nullable TopicDescription describe(Admin admin, String topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    try {
      return get(admin.describeTopics(Set.of(topic), options).allTopicNames()).get(topic);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw e;
    }
  }

  private static void create(Admin admin, Wanted topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    // No replication factor: the cluster's own default is the operator's decision.
    NewTopic wanted =
        new NewTopic(topic.topic(), Optional.of(topic.partitions()), Optional.empty());
    wanted.configs(
        Map.of(
            "cleanup.policy",
            topic.policy(),
            "retention.ms",
            Long.toString(topic.retention().toMillis())));
    try {
      get(admin.createTopics(Set.of(wanted)).all());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private static Optional<String> verify(Admin admin, TopicDescription topic, Wanted wanted)
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<AclOperation> allowed = topic.authorizedOperations();
    if (allowed != null && !allowed.isEmpty() && !allowed.contains(AclOperation.ALL)) {
      if (!allowed.contains(AclOperation.WRITE)) {
        return Optional.of("topic " + topic.name() + ": no right to write");
      }
      if (wanted.read() && !allowed.contains(AclOperation.READ)) {
        return Optional.of("topic " + topic.name() + ": no right to read");
      }
    }
    int replicas = topic.partitions().getFirst().replicas().size();
    int nodes = get(admin.describeCluster().nodes()).size();
    if (replicas < Math.min(2, nodes)) {
      return Optional.of(
          "topic " + topic.name() + ": one replica in a cluster of " + nodes + " brokers");
    }
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    Config config = get(admin.describeConfigs(Set.of(resource)).all()).get(resource);
    return config == null ? Optional.empty() : verify(wanted, config);
  }

  private static Optional<String> verify(Wanted wanted, Config config) {
    String topic = wanted.topic();
    ConfigEntry policy = config.get("cleanup.policy");
    if (!wanted.compacted()
        && policy != null
        && policy.value() != null
        && policy.value().contains("compact")) {
      return Optional.of("topic " + topic + ": is compacted, which loses records");
    }
    ConfigEntry retention = config.get("retention.ms");
    if (retention != null && retention.value() != null) {
      long millis = Long.parseLong(retention.value());
      if (millis >= 0 && millis < MIN_RETENTION.toMillis()) {
        return Optional.of(
            "topic "
                + topic
                + ": keeps records for "
                + Duration.ofMillis(millis).toHours()
                + " h, less than "
                + MIN_RETENTION.toDays()
                + " days");
      }
    }
    return Optional.empty();
  }

  private static <T extends @Nullable Object> T get(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getClass().getSimpleName() + " " + cause.getMessage();
  }
}
