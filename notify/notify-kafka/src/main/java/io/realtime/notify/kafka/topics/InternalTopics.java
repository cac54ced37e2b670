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

/** The two topics that are ours: made when they are missing, looked at when they are there. */
public final class InternalTopics {
  /** Where REST calls and replays enter. */
  public static final String INGRESS = "realtime.ingress";

  /** Where records go that cannot be delivered. */
  public static final String DEAD_LETTER = "realtime.dead-letter";

  /** Below this, a person has too little time to look at a dead letter. */
  public static final Duration MIN_RETENTION = Duration.ofDays(7);

  private static final int INGRESS_PARTITIONS = 6;
  private static final int DEAD_LETTER_PARTITIONS = 3;
  private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);
  private static final long TIMEOUT_SECONDS = 5;

  private InternalTopics() {}

  /**
   * Creates or verifies both topics. Blocks for some seconds at most.
   *
   * @return what is wrong, one sentence each; empty when all is well
   * @throws InterruptedException when the caller is stopped
   */
  public static List<String> ensure(Admin admin) throws InterruptedException {
    List<String> problems = new ArrayList<>();
    ensure(admin, INGRESS, INGRESS_PARTITIONS, MIN_RETENTION, true).ifPresent(problems::add);
    ensure(admin, DEAD_LETTER, DEAD_LETTER_PARTITIONS, DEAD_LETTER_RETENTION, false)
        .ifPresent(problems::add);
    return List.copyOf(problems);
  }

  private static Optional<String> ensure(
      Admin admin, String topic, int partitions, Duration retention, boolean read)
      throws InterruptedException {
    try {
      TopicDescription description = describe(admin, topic);
      if (description == null) {
        create(admin, topic, partitions, retention);
        return Optional.empty();
      }
      return verify(admin, description, read);
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

  private static void create(Admin admin, String topic, int partitions, Duration retention)
      throws InterruptedException, ExecutionException, TimeoutException {
    // No replication factor: the cluster's own default is the operator's decision.
    NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty());
    wanted.configs(
        Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(retention.toMillis())));
    try {
      get(admin.createTopics(Set.of(wanted)).all());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private static Optional<String> verify(Admin admin, TopicDescription topic, boolean read)
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<AclOperation> allowed = topic.authorizedOperations();
    if (allowed != null && !allowed.isEmpty() && !allowed.contains(AclOperation.ALL)) {
      if (!allowed.contains(AclOperation.WRITE)) {
        return Optional.of("topic " + topic.name() + ": no right to write");
      }
      if (read && !allowed.contains(AclOperation.READ)) {
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
    return config == null ? Optional.empty() : verify(topic.name(), config);
  }

  private static Optional<String> verify(String topic, Config config) {
    ConfigEntry policy = config.get("cleanup.policy");
    if (policy != null && policy.value() != null && policy.value().contains("compact")) {
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
