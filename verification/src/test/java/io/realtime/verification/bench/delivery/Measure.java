package io.realtime.verification.bench.delivery;

/** What {@code ./bench --delivery} measures, and its bar. */
enum Measure {
  EVENTS("personal-5000", "events_per_s", 10_000, false),
  CPU("personal-5000", "cpu_us", 0, true),
  BROKER_CPU("personal-5000", "broker_cpu_us", 0, true),
  P50("load-10000", "p50_ms", 0, true),
  P99("load-10000", "p99_ms", 0, true),
  HALF_P50("half-of-sustained", "p50_ms", 0, true),
  HALF_P99("half-of-sustained", "p99_ms", 50, true),
  STORM("reconnect-5000", "seconds", 10, true),
  STALL("reconnect-5000", "stall_ms", 100, true),
  BYSTANDER("reconnect-5000", "machine_ms", 0, true),
  RECOVERED("reconnect-5000", "recovered", 5_000, false);

  private final String scenario;
  private final String metric;
  private final double bar;
  private final boolean most;

  Measure(String scenario, String metric, double bar, boolean most) {
    this.scenario = scenario;
    this.metric = metric;
    this.bar = bar;
    this.most = most;
  }

  String scenario() {
    return scenario;
  }

  String metric() {
    return metric;
  }

  boolean hasBar() {
    return bar > 0;
  }

  boolean met(double figure) {
    return most ? figure <= bar : figure >= bar;
  }

  String barText() {
    return (most ? "at most " : "at least ") + (long) bar;
  }
}
