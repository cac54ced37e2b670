package io.realtime.notify.app.service;

import io.realtime.notify.app.config.Config;
import io.realtime.notify.kafka.client.ClientProperties;
import io.realtime.notify.kafka.client.KafkaSettings;

/** The settings of the Kafka side, from those of the process. */
public final class KafkaWiring {
  private KafkaWiring() {}

  /**
   * @param nodeId whose clients they are
   */
  public static KafkaSettings settings(Config.Kafka config, String nodeId) {
    return KafkaSettings.of(config.brokers(), config.group(), nodeId, config.topics())
        .withGroupProtocol(config.groupProtocol())
        .withExcludedTopics(config.excluded())
        .withStartLookback(config.lookback())
        .withClientProperties(ClientProperties.of(config.clientProperties()));
  }
}
