package io.realtime.notify.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientPropertiesTest {

  @Test
  void variables_becomeClientProperties_inEveryClient() {
    ClientProperties properties =
        from(
            Map.of(
                "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "KAFKA_SASL_MECHANISM", "SCRAM-SHA-512",
                "KAFKA_SASL_USERNAME", "shop",
                "KAFKA_SASL_PASSWORD", "se\"cret",
                "KAFKA_SSL_TRUSTSTORE_LOCATION", "/etc/kafka.jks",
                "KAFKA_BROKER", "not a client property"));
    KafkaSettings settings =
        KafkaSettings.of("b:9092", "g", "n", Pattern.compile("x")).withClientProperties(properties);
    for (var config :
        java.util.List.of(
            ClientConfigs.consumer(settings),
            ClientConfigs.admin(settings),
            ClientConfigs.producer(settings, "ingress"))) {
      assertThat(config)
          .containsEntry("security.protocol", "SASL_SSL")
          .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
          .containsEntry("ssl.truststore.location", "/etc/kafka.jks")
          .containsEntry(
              "sasl.jaas.config",
              "org.apache.kafka.common.security.scram.ScramLoginModule required"
                  + " username=\"shop\" password=\"se\\\"cret\";");
    }
  }

  @Test
  void file_isPassedOn_variablesWin_andTheGuaranteeIsOurs(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("client.properties");
    Files.writeString(
        file, "client.rack=r1\nsecurity.protocol=PLAINTEXT\nenable.auto.commit=true\n");
    ClientProperties properties =
        ClientProperties.from(Map.of("KAFKA_SECURITY_PROTOCOL", "SSL"), Optional.of(file));
    KafkaSettings settings =
        KafkaSettings.of("b:9092", "g", "n", Pattern.compile("x")).withClientProperties(properties);
    assertThat(ClientConfigs.consumer(settings))
        .containsEntry("client.rack", "r1")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("enable.auto.commit", false)
        .containsEntry("group.instance.id", "n")
        .containsEntry("isolation.level", "read_committed");
  }

  @Test
  void wrongSettings_areNamed(@TempDir Path directory) {
    assertThatThrownBy(() -> from(Map.of("KAFKA_SASL_USERNAME", "u")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("KAFKA_SASL_PASSWORD");
    assertThatThrownBy(
            () ->
                from(
                    Map.of(
                        "KAFKA_SASL_MECHANISM", "GSSAPI",
                        "KAFKA_SASL_USERNAME", "u",
                        "KAFKA_SASL_PASSWORD", "p")))
        .hasMessageContaining("KAFKA_SASL_JAAS_CONFIG");
    assertThatThrownBy(
            () -> ClientProperties.from(Map.of(), Optional.of(directory.resolve("missing"))))
        .hasMessageContaining("KAFKA_CLIENT_CONFIG");
  }

  @Test
  void text_namesKeys_andNoValue() {
    ClientProperties properties =
        from(Map.of("KAFKA_SASL_USERNAME", "shop", "KAFKA_SASL_PASSWORD", "hush"));
    assertThat(properties.toString())
        .contains("sasl.jaas.config")
        .doesNotContain("hush")
        .doesNotContain("shop");
    assertThat(
            KafkaSettings.of("b", "g", "n", Pattern.compile("x"))
                .withClientProperties(properties)
                .toString())
        .doesNotContain("hush");
  }

  private static ClientProperties from(Map<String, String> environment) {
    return ClientProperties.from(environment, Optional.empty());
  }
}
