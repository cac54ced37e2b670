package io.realtime.demo.shop;

import io.realtime.demo.shop.simulator.Shop;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes sure that the shop's topics are there before anyone reads or writes. */
final class DemoTopics {
  private static final int PARTITIONS = 3;
  private static final int TIMEOUT_SECONDS = 30;

  private DemoTopics() {}

  static void create(String bootstrap) throws InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      List<NewTopic> topics =
          Shop.TOPICS.stream().map(name -> new NewTopic(name, PARTITIONS, (short) 1)).toList();
      for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
        await(created);
      }
    }
  }

  private static void await(KafkaFuture<Void> created) throws InterruptedException {
    try {
      created.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new DemoFailedException("kafka refused a topic: " + e.getCause());
      }
    } catch (TimeoutException e) {
      throw new DemoFailedException(
          "kafka did not create the topics within " + TIMEOUT_SECONDS + " s");
    }
  }
}
