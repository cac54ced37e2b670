package io.realtime.verification.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How often what happens.
 *
 * @param weights of each action; the sum is of no meaning
 * @param lostWakeUps of 100 wake-ups
 * @param steps of a run before everything is healed
 * @param appAck whether applications prove receipt, and not the transport
 */
record Profile(Map<Action, Integer> weights, int lostWakeUps, int steps, boolean appAck) {
  private static final int STEPS = 600;

  /** A little of everything. */
  static final Profile MIXED =
      new Profile(
          weights(
              Map.ofEntries(
                  Map.entry(Action.ORDER, 30),
                  Map.entry(Action.BURST, 4),
                  Map.entry(Action.POISON, 3),
                  Map.entry(Action.TOMBSTONE, 2),
                  Map.entry(Action.STATE, 2),
                  Map.entry(Action.MARKER, 2),
                  Map.entry(Action.REST_CALL, 4),
                  Map.entry(Action.REPLAY, 2),
                  Map.entry(Action.CONNECT, 30),
                  Map.entry(Action.DROP, 6),
                  Map.entry(Action.HALF_OPEN, 3),
                  Map.entry(Action.RELOAD, 1),
                  Map.entry(Action.WATCH, 1),
                  Map.entry(Action.KILL, 2),
                  Map.entry(Action.STORE_OUTAGE, 2),
                  Map.entry(Action.LETTER_OUTAGE, 1),
                  Map.entry(Action.GROUP_OUTAGE, 1),
                  Map.entry(Action.REBALANCE, 2),
                  Map.entry(Action.RECREATE_TOPIC, 1),
                  Map.entry(Action.QUIET, 3),
                  Map.entry(Action.LONG_QUIET, 0))),
          10,
          STEPS,
          false);

  /** Connections come and go. */
  static final Profile ROAMING =
      MIXED.with(Action.DROP, 20).with(Action.HALF_OPEN, 8).with(Action.CONNECT, 60).losing(30);

  /** Devices stay connected and are sent more than they prove to have in time. */
  static final Profile LAGGING =
      MIXED.with(Action.BURST, 16).with(Action.DROP, 1).with(Action.KILL, 0).losing(50);

  /** The store is away often. */
  static final Profile OUTAGES =
      MIXED.with(Action.STORE_OUTAGE, 12).with(Action.LETTER_OUTAGE, 6).with(Action.POISON, 8);

  /** The process ends often. */
  static final Profile CRASHES =
      MIXED.with(Action.KILL, 12).with(Action.POISON, 8).with(Action.REBALANCE, 6);

  /** Topics are deleted and created again. */
  static final Profile RESTARTING_OFFSETS =
      MIXED.with(Action.RECREATE_TOPIC, 12).with(Action.KILL, 4);

  /** Users are away until their inbox is full. */
  static final Profile ABSENT =
      MIXED.with(Action.CONNECT, 4).with(Action.BURST, 20).with(Action.DROP, 8);

  /** Users are away until their events expire. */
  static final Profile EXPIRING =
      MIXED.with(Action.CONNECT, 6).with(Action.LONG_QUIET, 8).with(Action.DROP, 8);

  /** Calls are repeated, dead letters replayed twice. */
  static final Profile REPEATING = MIXED.with(Action.REST_CALL, 20).with(Action.REPLAY, 20);

  /** Devices come back, often at once, and sometimes after all that was kept for them is gone. */
  static final Profile RETURNING =
      ROAMING.with(Action.QUIET, 12).with(Action.LONG_QUIET, 2).with(Action.RELOAD, 0);

  /** Receipt is proven by answer callbacks alone; nobody is recovered. */
  static final Profile APP_ACK = ROAMING.with(Action.LONG_QUIET, 1).provenByApplications();

  /** Commits fail, lanes end and begin while commits are under way, and records are few. */
  static final Profile COMMITTING =
      MIXED
          .with(Action.ORDER, 12)
          .with(Action.GROUP_OUTAGE, 8)
          .with(Action.MARKER, 10)
          .with(Action.REBALANCE, 8)
          .with(Action.RECREATE_TOPIC, 6);

  /** What the base design runs under, in turns. */
  static final List<Profile> ALL =
      List.of(
          MIXED,
          ROAMING,
          LAGGING,
          OUTAGES,
          CRASHES,
          RESTARTING_OFFSETS,
          ABSENT,
          EXPIRING,
          REPEATING,
          RETURNING,
          APP_ACK,
          COMMITTING);

  private static Map<Action, Integer> weights(Map<Action, Integer> given) {
    Map<Action, Integer> weights = new EnumMap<>(Action.class);
    for (Action action : Action.values()) {
      weights.put(action, given.getOrDefault(action, 0));
    }
    return weights;
  }

  Profile with(Action action, int weight) {
    Map<Action, Integer> other = new EnumMap<>(weights);
    other.put(action, weight);
    return new Profile(other, lostWakeUps, steps, appAck);
  }

  Profile losing(int wakeUps) {
    return new Profile(weights, wakeUps, steps, appAck);
  }

  Profile provenByApplications() {
    return new Profile(weights, lostWakeUps, steps, true);
  }

  Action next(RandomGenerator random) {
    int at = random.nextInt(weights.values().stream().mapToInt(Integer::intValue).sum());
    for (Map.Entry<Action, Integer> entry : weights.entrySet()) {
      at -= entry.getValue();
      if (at < 0) {
        return entry.getKey();
      }
    }
    throw new IllegalStateException("weights: all 0 (expected: one above)");
  }
}
