package io.realtime.verification.chaos.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** What can go wrong. */
public enum Fault {
  SERVICE_KILL(45, true),
  SERVICE_KILL_AT_START(12, true),
  SERVICE_PAUSE(8, true),
  SERVICE_TERM(8, true),
  BROKER_KILL(10, true),
  BROKER_PAUSE(7, true),
  DISK_FULL(10, true),
  CUT(30, false),
  BLACK_HOLE(15, false),
  SLEEP(25, false),
  FLOOD(12, false),
  RELOAD(15, false),
  MUTE(10, false);

  private final int weight;
  private final boolean ofProcess;

  Fault(int weight, boolean ofProcess) {
    this.weight = weight;
    this.ofProcess = ofProcess;
  }

  /** Whether it harms a process; one such at a time. */
  boolean ofProcess() {
    return ofProcess;
  }

  /**
   * A fault and when it comes.
   *
   * @param strength 0 to 1: how many it hits, or how long it lasts
   */
  public record Step(Duration at, Fault fault, double strength, long seed) {}

  /** The faults of a round, in order. The first of a process is a kill. */
  static List<Step> plan(long seed, Duration time) {
    Random random = new Random(seed);
    List<Step> steps = new ArrayList<>();
    add(steps, random, true, 1_200, 3_200, time);
    add(steps, random, false, 400, 1_800, time);
    steps.sort(Comparator.comparing(Step::at));
    return steps;
  }

  private static void add(
      List<Step> steps, Random random, boolean ofProcess, int least, int most, Duration time) {
    boolean first = ofProcess;
    for (long at = random.nextInt(least, most); at < time.toMillis(); ) {
      Fault fault = first ? SERVICE_KILL : choose(random, ofProcess);
      first = false;
      steps.add(new Step(Duration.ofMillis(at), fault, random.nextDouble(), random.nextLong()));
      at += random.nextInt(least, most);
    }
  }

  private static Fault choose(Random random, boolean ofProcess) {
    List<Fault> bag = new ArrayList<>();
    for (Fault fault : values()) {
      for (int i = 0; fault.ofProcess == ofProcess && i < fault.weight; i++) {
        bag.add(fault);
      }
    }
    return bag.get(random.nextInt(bag.size()));
  }
}
