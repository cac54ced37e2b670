package io.realtime.notify.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bounds of the inbox, at their limits and past them. */
class InboxSettingsTest {

  private static LoadedConfig load(String name, String value) {
    Map<String, String> environment = new HashMap<>(Map.of("KAFKA_BROKER", "kafka:9092"));
    environment.put(name, value);
    return ConfigLoader.load(environment, Optional.empty(), Mode.DEVELOPMENT);
  }

  @Test
  void nothingSet_boundsAreThoseOfTheDocument() {
    assertThat(load("INBOX_TTL", "").orThrow().inbox())
        .isEqualTo(new Config.Inbox(1_000, 1L << 20, Duration.ofDays(7), 1L << 30));
  }

  @ParameterizedTest
  @CsvSource({
    "INBOX_MAX_EVENTS, 1",
    "INBOX_MAX_EVENTS, 100000",
    "INBOX_MAX_KB, 1024",
    "INBOX_MAX_KB, 1048576",
    "INBOX_TTL, 30d",
    "STORE_MAX_MB, 16",
    "STORE_MAX_MB, 1048576"
  })
  void setting_atItsLimit_isTaken(String name, String value) {
    assertThat(load(name, value).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "INBOX_MAX_EVENTS, 0",
    "INBOX_MAX_EVENTS, 100001",
    "INBOX_MAX_KB, 1023",
    "INBOX_MAX_KB, 1048577",
    "INBOX_TTL, 31d",
    "INBOX_TTL, 0s",
    "INBOX_TTL, 7",
    "STORE_MAX_MB, 15",
    "STORE_MAX_MB, 1048577"
  })
  void setting_pastItsLimit_isNamed(String name, String value) {
    List<String> problems = load(name, value).problems();

    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith(name + ": \"" + value + "\" (expected: ");
  }
}
