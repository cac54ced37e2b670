package io.realtime.verification.bench;

import java.util.Arrays;

/** A kind of load, by the name that the report uses. */
enum Scenario {
  IDLE("idle", 5_500),
  DIRECT_5000("direct-5000", 5_000),
  BROADCAST_5000("broadcast-5000", 5_000),
  BROADCAST_1000("broadcast-1000", 1_000);

  private final String wireName;
  private final int clients;

  Scenario(String wireName, int clients) {
    this.wireName = wireName;
    this.clients = clients;
  }

  String wireName() {
    return wireName;
  }

  int clients() {
    return clients;
  }

  boolean broadcast() {
    return this == BROADCAST_1000 || this == BROADCAST_5000;
  }

  static Scenario named(String name) {
    return Arrays.stream(values())
        .filter(scenario -> scenario.wireName.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("--scenarios: no such scenario: " + name));
  }
}
