package io.realtime.notify.app.cli;

import io.realtime.notify.app.config.Config;
import io.realtime.notify.app.config.ConfigLoader;
import io.realtime.notify.app.logging.Logging;
import io.realtime.notify.app.service.KafkaWiring;
import io.realtime.notify.kafka.client.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that goes straight to Kafka: the settings of {@code serve}. */
final class KafkaOption {
  @Mixin private final EnvFileOption envFile = new EnvFileOption();

  @Option(
      names = "--brokers",
      paramLabel = "HOST:PORT",
      description = "The brokers; else KAFKA_BROKER. KAFKA_SASL_* and KAFKA_SSL_* hold as well.")
  private @Nullable String brokers;

  KafkaSettings settings(Map<String, String> environment) {
    Logging.configureCommand();
    Map<String, String> effective = new HashMap<>(environment);
    if (brokers != null) {
      effective.remove("KAFKA_BROKERS");
      effective.put("KAFKA_BROKER", brokers);
    }
    Config.Kafka config = ConfigLoader.kafka(effective, envFile.file());
    return KafkaWiring.settings(config, "cli-" + ProcessHandle.current().pid());
  }
}
