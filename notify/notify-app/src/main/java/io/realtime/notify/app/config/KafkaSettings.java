package io.realtime.notify.app.config;

import io.realtime.notify.kafka.client.GroupProtocol;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what concerns Kafka. */
final class KafkaSettings {
  static final String DEFAULT_GROUP = "realtime-service-group";
  static final Pattern DEFAULT_TOPICS =
      Pattern.compile("^(order|inventory|product|notification)\\.[a-z0-9_-]+$");
  static final Pattern DEFAULT_EXCLUDED =
      Pattern.compile(".*(-retry(-\\d+)?|-dlt|\\.DLT|-dlq|\\.DLQ)$");

  /** A longer look back would replay a shop's past to its customers. */
  static final Duration MAX_LOOKBACK = Duration.ofDays(7);

  /** A longer file is not a client configuration. */
  static final long MAX_FILE_BYTES = 1024 * 1024;

  private static final Set<String> PROTOCOLS =
      Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");

  private KafkaSettings() {}

  static Config.Kafka read(SettingReader reader) {
    Optional<String> brokers = reader.read(Settings.KAFKA_BROKER, Values::brokers);
    if (brokers.isEmpty() && reader.find(Settings.KAFKA_BROKER).isEmpty()) {
      reader.problem(
          "KAFKA_BROKER: not set (expected: host:port of the brokers, such as kafka:9092; for a"
              + " first look without Kafka use ./realtime demo)");
    }
    return new Config.Kafka(
        brokers.orElse(""),
        reader.read(Settings.KAFKA_CONSUMER_GROUP, Values::group, DEFAULT_GROUP),
        groupProtocol(reader),
        reader.read(Settings.KAFKA_TOPIC_PATTERN, Values::pattern, DEFAULT_TOPICS),
        reader.read(Settings.KAFKA_TOPIC_EXCLUDE, Values::pattern, DEFAULT_EXCLUDED),
        reader
            .read(Settings.START_LOOKBACK, text -> Values.duration(text, MAX_LOOKBACK))
            .orElseGet(
                () -> {
                  reader.byDefault(Settings.START_LOOKBACK, "0s");
                  return Duration.ZERO;
                }),
        Map.copyOf(clientProperties(reader)));
  }

  private static GroupProtocol groupProtocol(SettingReader reader) {
    Optional<GroupProtocol> chosen =
        reader.read(Settings.KAFKA_GROUP_PROTOCOL, Values.oneOf(GroupProtocol.class));
    reader.byDefault(Settings.KAFKA_GROUP_PROTOCOL, "classic");
    return chosen.orElse(GroupProtocol.CLASSIC);
  }

  private static Map<String, String> clientProperties(SettingReader reader) {
    Map<String, String> properties = new LinkedHashMap<>();
    reader.read(Settings.KAFKA_CLIENT_CONFIG, KafkaSettings::file).ifPresent(properties::putAll);
    Optional<String> protocol =
        reader.read(Settings.KAFKA_SECURITY_PROTOCOL, KafkaSettings::protocol);
    protocol.ifPresent(value -> properties.put("security.protocol", value));
    Settings.KAFKA_PASSED_THROUGH.forEach(
        (setting, key) ->
            reader
                .read(setting, text -> text)
                .ifPresent(
                    value ->
                        properties.put(
                            key,
                            key.equals("ssl.endpoint.identification.algorithm")
                                    && value.equalsIgnoreCase("none")
                                ? ""
                                : value)));
    sasl(reader, properties);
    return properties;
  }

  private static void sasl(SettingReader reader, Map<String, String> properties) {
    Optional<String> mechanism =
        reader.read(Settings.KAFKA_SASL_MECHANISM, text -> text.toUpperCase(Locale.ROOT));
    Optional<String> user = reader.read(Settings.KAFKA_SASL_USERNAME, text -> text);
    Optional<String> password = reader.read(Settings.KAFKA_SASL_PASSWORD, text -> text);
    mechanism.ifPresent(value -> properties.put("sasl.mechanism", value));
    if (user.isPresent() != password.isPresent()) {
      reader.problem(
          "KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD: only one is set (expected: both)");
    }
    if (user.isPresent() && password.isPresent()) {
      properties.putIfAbsent("sasl.mechanism", "PLAIN");
      String effective = properties.getOrDefault("sasl.mechanism", "PLAIN");
      if (properties.containsKey("sasl.jaas.config")) {
        reader.problem(
            "KAFKA_SASL_USERNAME: set beside KAFKA_SASL_JAAS_CONFIG (expected: one of them)");
      } else if (effective.equals("PLAIN") || effective.startsWith("SCRAM-")) {
        properties.put("sasl.jaas.config", jaas(effective, user.get(), password.get()));
      } else {
        reader.problem(
            "KAFKA_SASL_MECHANISM: \""
                + effective
                + "\" (expected: PLAIN, SCRAM-SHA-256 or"
                + " SCRAM-SHA-512 with a user name; others need KAFKA_SASL_JAAS_CONFIG)");
      }
    }
    boolean asksForSasl = properties.containsKey("sasl.jaas.config") || mechanism.isPresent();
    if (asksForSasl && !properties.getOrDefault("security.protocol", "").startsWith("SASL_")) {
      reader.problem(
          "KAFKA_SECURITY_PROTOCOL: "
              + properties.getOrDefault("security.protocol", "not set")
              + " (expected: SASL_SSL or SASL_PLAINTEXT, because KAFKA_SASL_* is set)");
    }
  }

  private static String jaas(String mechanism, String user, String password) {
    String module =
        mechanism.equals("PLAIN")
            ? "org.apache.kafka.common.security.plain.PlainLoginModule"
            : "org.apache.kafka.common.security.scram.ScramLoginModule";
    return module
        + " required username=\""
        + escaped(user)
        + "\" password=\""
        + escaped(password)
        + "\";";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String protocol(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    if (!PROTOCOLS.contains(upper)) {
      throw new IllegalArgumentException("PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL");
    }
    return upper;
  }

  private static Map<String, String> file(String text) {
    Path path = Values.path(text);
    try {
      if (Files.size(path) > MAX_FILE_BYTES) {
        throw new IllegalArgumentException("a properties file of at most 1 MiB");
      }
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
        properties.load(reader);
      }
      Map<String, String> result = new LinkedHashMap<>();
      properties.stringPropertyNames().forEach(key -> result.put(key, properties.getProperty(key)));
      return result;
    } catch (IOException e) {
      throw new IllegalArgumentException("a properties file that can be read", e);
    }
  }
}
