package io.realtime.verification.chaos.world;

import java.util.EnumMap;
import java.util.Map;

/** How often each fault has come. Any thread may call. */
public final class Tally {
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

  synchronized void add(Fault fault) {
    counts.merge(fault, 1, Integer::sum);
  }

  /** How often these have come. */
  public synchronized int of(Fault... faults) {
    int sum = 0;
    for (Fault fault : faults) {
      sum += counts.getOrDefault(fault, 0);
    }
    return sum;
  }

  /** SIGKILLs of service and broker. */
  public int kills() {
    return serviceKills() + of(Fault.BROKER_KILL);
  }

  /** SIGKILLs of the service. */
  public int serviceKills() {
    return of(Fault.SERVICE_KILL, Fault.SERVICE_KILL_AT_START);
  }

  /** Everything after which a record may be taken again. */
  synchronized int ofProcesses() {
    return counts.entrySet().stream()
        .filter(count -> count.getKey().ofProcess())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
