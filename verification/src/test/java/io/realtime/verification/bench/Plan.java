package io.realtime.verification.bench;

import java.time.Duration;
import java.util.List;

/**
 * How long and how often.
 *
 * @param rounds of every server, alternating
 * @param idleRounds in which the memory of a connection is measured, each with fresh processes
 * @param idleCpuRounds the last ones of these, in which its processor time is measured too
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
    int idleCpuRounds,
    Duration warmUp,
    Duration burst,
    Duration steady,
    Duration idle) {

  static Plan quick() {
    return new Plan(
        List.of(Contender.values()),
        List.of(Scenario.values()),
        3,
        3,
        1,
        Duration.ofSeconds(18),
        Duration.ofSeconds(3),
        Duration.ofMillis(1_500),
        Duration.ofSeconds(26));
  }

  static Plan full() {
    return new Plan(
        List.of(Contender.values()),
        List.of(Scenario.values()),
        5,
        5,
        2,
        Duration.ofSeconds(30),
        Duration.ofSeconds(6),
        Duration.ofSeconds(3),
        Duration.ofSeconds(51));
  }

  Plan withContenders(List<Contender> some) {
    return new Plan(
        some, scenarios, rounds, idleRounds, idleCpuRounds, warmUp, burst, steady, idle);
  }

  Plan withScenarios(List<Scenario> some) {
    return new Plan(
        contenders, some, rounds, idleRounds, idleCpuRounds, warmUp, burst, steady, idle);
  }

  Plan withRounds(int count) {
    return new Plan(
        contenders,
        scenarios,
        count,
        Math.min(count, idleRounds),
        Math.min(count, idleCpuRounds),
        warmUp,
        burst,
        steady,
        idle);
  }
}
