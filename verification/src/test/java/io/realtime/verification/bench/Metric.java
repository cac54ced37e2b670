package io.realtime.verification.bench;

/** What is measured; for {@link Scenario#IDLE} it is for one connection. */
enum Metric {
  /** Microseconds of a core for one delivered message; idle: for one connection in a second. */
  CPU_US("cpu_us"),
  MSGS_PER_S("msgs_per_s"),
  P99_MS("p99_ms"),
  RSS_BYTES("rss_bytes"),
  HEAP_BYTES("heap_bytes");

  private final String wireName;

  Metric(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
