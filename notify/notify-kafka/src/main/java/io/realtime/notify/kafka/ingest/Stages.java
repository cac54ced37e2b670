package io.realtime.notify.kafka.ingest;

import io.realtime.notify.core.ingest.StoreUnavailableException;
import io.realtime.notify.kafka.client.Causes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Waiting, with the cause as the exception and never for ever. */
final class Stages {
  private static final long TIMEOUT_SECONDS = 5;

  private Stages() {}

  /**
   * @throws StoreUnavailableException also when the store does not answer in time
   */
  static <T extends @Nullable Object> T await(CompletionStage<T> stage)
      throws InterruptedException {
    try {
      return stage.toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw asRuntime(Causes.of(e));
    } catch (TimeoutException e) {
      throw new StoreUnavailableException("no answer in " + TIMEOUT_SECONDS + " s", e);
    }
  }

  /**
   * @throws KafkaException when the broker does not answer
   */
  static void ping(Admin admin) throws InterruptedException {
    try {
      var _ = admin.describeCluster().clusterId().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw asRuntime(Causes.of(e));
    } catch (TimeoutException e) {
      throw new KafkaException("no answer in " + TIMEOUT_SECONDS + " s", e);
    }
  }

  /** The topics that are there; one that is missing is left out. */
  static Map<String, TopicDescription> describe(Admin admin, Set<String> topics)
      throws InterruptedException {
    Map<String, TopicDescription> described = new HashMap<>();
    if (topics.isEmpty()) {
      return described;
    }
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(topics).topicNameValues();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
      try {
        described.put(answer.getKey(), answer.getValue().get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw asRuntime(Causes.of(e));
        }
      } catch (TimeoutException e) {
        throw new KafkaException("no answer in " + TIMEOUT_SECONDS + " s", e);
      }
    }
    return described;
  }

  private static RuntimeException asRuntime(Throwable cause) {
    return cause instanceof RuntimeException runtime
        ? runtime
        : new KafkaException(cause.getMessage(), cause);
  }
}
