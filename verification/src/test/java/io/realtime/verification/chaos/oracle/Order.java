package io.realtime.verification.chaos.oracle;

import io.realtime.verification.chaos.oracle.Happening.Connected;
import io.realtime.verification.chaos.oracle.Happening.Seen;
import io.realtime.verification.chaos.oracle.Violation.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Order and duplicates on one device: within a connection offsets of a lane rise; over connections
 * what comes for the first time comes in order, and what comes again is no more than was unproven.
 */
final class Order {
  /** Events that may be unproven on one connection. */
  private static final int WINDOW = 500;

  private final Device device;
  private final Map<String, Source> byId;
  private final List<Violation> violations = new ArrayList<>();
  private final Map<String, Long> highest = new HashMap<>();
  private final Map<String, Long> highestHere = new HashMap<>();
  private final Set<String> before = new HashSet<>();
  private int repeated;

  private Order(Device device, Map<String, Source> byId) {
    this.device = device;
    this.byId = byId;
  }

  static List<Violation> check(Device device, Map<String, Source> byId) {
    Order order = new Order(device, byId);
    for (Happening happening : device.happenings()) {
      switch (happening) {
        case Connected _ -> order.connected();
        case Seen seen -> order.seen(seen);
        case Happening.Disconnected _, Happening.GapTold _, Happening.Refused _ -> {}
      }
    }
    return order.violations;
  }

  private void connected() {
    highestHere.clear();
    repeated = 0;
  }

  private void seen(Seen seen) {
    Source source = byId.get(seen.eventId());
    if (source == null || !source.kind().personal() || seen.event().startsWith("admin:")) {
      return;
    }
    long offset = source.offset();
    long here = highestHere.getOrDefault(source.lane(), -1L);
    if (offset == here) {
      add(Promise.DUPLICATES, seen.eventId() + " twice on one connection");
    } else if (offset < here) {
      add(Promise.ORDER, seen.eventId() + " behind offset " + here + " on one connection");
    }
    highestHere.merge(source.lane(), offset, Math::max);
    if (!before.add(seen.eventId())) {
      repeated++;
      if (repeated == WINDOW + 1) {
        add(Promise.DUPLICATES, "more than " + WINDOW + " events again on one connection");
      }
    } else if (offset < highest.getOrDefault(source.lane(), -1L)) {
      add(
          Promise.ORDER,
          seen.eventId() + " for the first time, behind offset " + highest.get(source.lane()));
    }
    highest.merge(source.lane(), offset, Math::max);
  }

  private void add(Promise promise, String what) {
    violations.add(new Violation(promise, device.name() + " got " + what));
  }
}
