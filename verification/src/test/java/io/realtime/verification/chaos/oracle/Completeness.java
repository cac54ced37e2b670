package io.realtime.verification.chaos.oracle;

import io.realtime.verification.chaos.oracle.Happening.Connected;
import io.realtime.verification.chaos.oracle.Happening.GapTold;
import io.realtime.verification.chaos.oracle.Happening.Seen;
import io.realtime.verification.chaos.oracle.Violation.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Nothing is lost for a user, and a device that was told that it recovered, or that came back in
 * time with its session, misses nothing that its user's other devices saw.
 */
final class Completeness {
  private final Map<String, Source> byId;
  private final Set<String> delivered;
  private final Map<String, TreeMap<String, List<Source>>> owed = new HashMap<>();
  private final Map<String, Long> evicted = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private Completeness(Map<String, Source> byId, Set<String> delivered) {
    this.byId = byId;
    this.delivered = delivered;
  }

  static List<Violation> check(History history, Map<String, Source> byId, Set<String> delivered) {
    Completeness check = new Completeness(byId, delivered);
    history.sources().stream()
        .filter(source -> source.kind().personal())
        .forEach(
            source ->
                check
                    .owed
                    .computeIfAbsent(source.user(), user -> new TreeMap<>())
                    .computeIfAbsent(source.lane(), lane -> new ArrayList<>())
                    .add(source));
    check.countEvicted(history.devices());
    check.checkUsers();
    history.devices().stream()
        .filter(device -> device.role() == Device.Role.OWNER)
        .forEach(check::checkDevice);
    return check.violations;
  }

  private void countEvicted(List<Device> devices) {
    Map<String, Set<GapTold>> told = new HashMap<>();
    for (Device device : devices) {
      for (Happening happening : device.happenings()) {
        if (happening instanceof GapTold gap) {
          told.computeIfAbsent(device.user(), user -> new HashSet<>()).add(gap);
        }
      }
    }
    told.forEach(
        (user, gaps) -> evicted.put(user, gaps.stream().mapToLong(GapTold::evicted).sum()));
  }

  private void checkUsers() {
    owed.forEach(
        (user, lanes) -> {
          List<String> missing =
              lanes.values().stream()
                  .flatMap(List::stream)
                  .map(Source::eventId)
                  .filter(eventId -> !delivered.contains(eventId))
                  .toList();
          long told = evicted.getOrDefault(user, 0L);
          if (missing.size() > told) {
            add(
                Promise.NO_LOSS,
                "%s: %d events reached no device, %d were told as a gap: %s"
                    .formatted(
                        user,
                        missing.size(),
                        told,
                        missing.subList(0, Math.min(5, missing.size()))));
          }
        });
  }

  private void checkDevice(Device device) {
    if (evicted.containsKey(device.user())) {
      return;
    }
    owed.getOrDefault(device.user(), new TreeMap<>())
        .forEach((lane, sources) -> checkLane(device, lane, sources));
  }

  /** Walks through what the device saw of one lane, and what came to others in between. */
  private void checkLane(Device device, String lane, List<Source> sources) {
    Set<String> seen = new HashSet<>();
    for (Happening happening : device.happenings()) {
      if (happening instanceof Seen event) {
        seen.add(event.eventId());
      }
    }
    int next = 0;
    boolean excused = false;
    boolean first = true;
    for (Happening happening : device.happenings()) {
      if (happening instanceof Connected connected) {
        excused |= !first && connected.misses();
        first = false;
      } else if (happening instanceof Seen event) {
        Source source = byId.get(event.eventId());
        if (source == null
            || !source.lane().equals(lane)
            || event.event().startsWith("admin:")
            || (next > 0 && source.offset() <= sources.get(next - 1).offset())) {
          continue;
        }
        while (next < sources.size() && sources.get(next).offset() <= source.offset()) {
          missed(device, sources.get(next), seen, excused);
          next++;
        }
        excused = false;
      }
    }
    for (; next < sources.size(); next++) {
      missed(device, sources.get(next), seen, excused);
    }
  }

  private void missed(Device device, Source source, Set<String> seen, boolean excused) {
    if (!excused && !seen.contains(source.eventId()) && delivered.contains(source.eventId())) {
      add(
          Promise.COMPLETE_RECOVERY,
          device.name() + " never got " + source.eventId() + ", which others of its user got");
    }
  }

  private void add(Promise promise, String what) {
    violations.add(new Violation(promise, what));
  }
}
