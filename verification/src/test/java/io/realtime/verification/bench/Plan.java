package io.realtime.verification.bench;

import java.time.Duration;
import java.util.List;

/**
 * How long and how often.
 *
 * @param rounds of every server, alternating
 * @param idleRounds each with fresh processes
 * @param warmUp of each server, before its first round
 * @param burst for the cost of a message
 * @param steady for the latency at a fixed rate
 * @param idle for the cost of a connection: longer than a heartbeat's interval
 */
record Plan(
    List<Contender> contenders,
    List<Scenario> scenarios,
    int rounds,
    int idleRounds,
    Duration warmUp,
    Duration burst,
    Duration steady,
    Duration idle) {

  static Plan quick() {
    return new Plan(
        List.of(Contender.values()),
        List.of(Scenario.values()),
        3,
        1,
        Duration.ofSeconds(10),
        Duration.ofSeconds(3),
        Duration.ofMillis(1_500),
        Duration.ofSeconds(26));
  }

  static Plan full() {
    return new Plan(
        List.of(Contender.values()),
        List.of(Scenario.values()),
        5,
        3,
        Duration.ofSeconds(15),
        Duration.ofSeconds(8),
        Duration.ofSeconds(5),
        Duration.ofSeconds(51));
  }

  Plan withContenders(List<Contender> some) {
    return new Plan(some, scenarios, rounds, idleRounds, warmUp, burst, steady, idle);
  }

  Plan withScenarios(List<Scenario> some) {
    return new Plan(contenders, some, rounds, idleRounds, warmUp, burst, steady, idle);
  }

  Plan withRounds(int count) {
    return new Plan(
        contenders, scenarios, count, Math.min(count, idleRounds), warmUp, burst, steady, idle);
  }
}
