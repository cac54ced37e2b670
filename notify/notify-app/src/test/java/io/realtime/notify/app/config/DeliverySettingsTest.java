package io.realtime.notify.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliverySettingsTest {
  private static LoadedConfig load(String name, String value) {
    return ConfigLoader.load(
        Map.of("KAFKA_BROKER", "kafka:9092", name, value), Optional.empty(), Mode.DEVELOPMENT);
  }

  private static List<String> problems(String timeoutMillis) {
    return load("WS_PING_TIMEOUT", timeoutMillis).problems();
  }

  @Test
  void proof_isTheTransportsUnlessTheApplicationIsToAnswer() {
    assertThat(load("DELIVERY_PROOF", "transport").orThrow().proof())
        .isEqualTo(Config.Proof.TRANSPORT);
    assertThat(load("DELIVERY_PROOF", "app-ack").orThrow().proof()).isEqualTo(Config.Proof.APP_ACK);
    assertThat(load("DELIVERY_PROOF", "hope").problems())
        .singleElement()
        .asString()
        .startsWith("DELIVERY_PROOF: \"hope\"");
  }

  @Test
  void connectionsOfAUser_are20_orWhatIsSetFrom1To1000000() {
    String name = "REALTIME_MAX_CONNECTIONS_PER_USER";
    assertThat(load(name, " ").orThrow().listener().maxConnectionsPerUser()).isEqualTo(20);
    assertThat(load(name, "1").orThrow().listener().maxConnectionsPerUser()).isEqualTo(1);
    for (String wrong : List.of("0", "1000001", "many")) {
      assertThat(load(name, wrong).problems())
          .singleElement()
          .asString()
          .startsWith(name + ": \"" + wrong + '"')
          .contains("from 1 to 1000000");
    }
  }

  @Test
  void heartbeat_noticedInTimeToRecover_isTaken() {
    assertThat(problems("24999")).isEmpty();
  }

  @Test
  void heartbeat_noticedTooLateToRecover_isRefused() {
    assertThat(problems("25000"))
        .singleElement()
        .asString()
        .startsWith("WS_PING_INTERVAL: together with WS_PING_TIMEOUT 50000 (expected: less than")
        .contains("50000");
  }
}
