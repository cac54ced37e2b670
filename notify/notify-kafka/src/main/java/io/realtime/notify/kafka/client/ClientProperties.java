package io.realtime.notify.kafka.client;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Kafka client properties by their Kafka names that are handed to every client as they are: what a
 * managed Kafka needs. Immutable; its text names the keys and never a value.
 */
public final class ClientProperties {
  private static final String SASL = "KAFKA_SASL_";
  private static final String SSL = "KAFKA_SSL_";

  private final Map<String, String> values;

  private ClientProperties(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  public static ClientProperties none() {
    return new ClientProperties(Map.of());
  }

  public static ClientProperties of(Map<String, String> values) {
    return new ClientProperties(values);
  }

  /**
   * {@code KAFKA_SECURITY_PROTOCOL}, {@code KAFKA_SASL_*} and {@code KAFKA_SSL_*} become the
   * property of the same name ({@code KAFKA_SSL_TRUSTSTORE_LOCATION} is {@code
   * ssl.truststore.location}). {@code KAFKA_SASL_USERNAME} and {@code KAFKA_SASL_PASSWORD} become a
   * {@code sasl.jaas.config} for PLAIN or SCRAM, unless one is given. A client config file comes
   * first; the variables win over it.
   *
   * @throws IllegalArgumentException naming the variable that is wrong
   */
  public static ClientProperties from(Map<String, String> environment, Optional<Path> file) {
    Map<String, String> all = new TreeMap<>();
    file.ifPresent(path -> all.putAll(read(path)));
    environment.forEach(
        (name, value) -> {
          if (name.equals("KAFKA_SECURITY_PROTOCOL")
              || ((name.startsWith(SASL) || name.startsWith(SSL))
                  && !name.equals("KAFKA_SASL_USERNAME")
                  && !name.equals("KAFKA_SASL_PASSWORD"))) {
            all.put(propertyName(name), value);
          }
        });
    String user = environment.get("KAFKA_SASL_USERNAME");
    String password = environment.get("KAFKA_SASL_PASSWORD");
    if (user != null || password != null) {
      if (user == null || password == null) {
        throw new IllegalArgumentException(
            "KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD are needed together");
      }
      all.putIfAbsent("sasl.mechanism", "PLAIN");
      all.putIfAbsent(
          "sasl.jaas.config", jaas(all.getOrDefault("sasl.mechanism", ""), user, password));
    }
    return new ClientProperties(all);
  }

  public Map<String, String> asMap() {
    return values;
  }

  @Override
  public String toString() {
    return "ClientProperties" + new TreeMap<>(values).keySet();
  }

  private static String propertyName(String variable) {
    return variable.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.');
  }

  private static String jaas(String mechanism, String user, String password) {
    String module =
        switch (mechanism) {
          case "PLAIN" -> "org.apache.kafka.common.security.plain.PlainLoginModule";
          case "SCRAM-SHA-256", "SCRAM-SHA-512" ->
              "org.apache.kafka.common.security.scram.ScramLoginModule";
          default ->
              throw new IllegalArgumentException(
                  "KAFKA_SASL_USERNAME fits KAFKA_SASL_MECHANISM PLAIN, SCRAM-SHA-256 or"
                      + " SCRAM-SHA-512; give KAFKA_SASL_JAAS_CONFIG for another");
        };
    return module + " required username=" + quoted(user) + " password=" + quoted(password) + ";";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("KAFKA_CLIENT_CONFIG: cannot read " + file, e);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k)));
    return values;
  }
}
