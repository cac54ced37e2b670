package io.realtime.verification.chaos.oracle;

import io.realtime.verification.chaos.oracle.Happening.Seen;
import io.realtime.verification.chaos.oracle.Verdict.Invalid;
import io.realtime.verification.chaos.oracle.Verdict.Unknown;
import io.realtime.verification.chaos.oracle.Verdict.Valid;
import io.realtime.verification.chaos.oracle.Violation.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges a history. Pure; one instance for one history. */
public final class Oracle {
  /** It sums up several records, so that no payload is its own. */
  private static final String ALERT = "admin:alert";

  private static final int MOST_TOLD = 100;
  private static final long STOP_MILLIS = 25_000;

  private final History history;
  private final Map<String, Source> byId = new HashMap<>();
  private final Map<String, String> textOf = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private Oracle(History history) {
    this.history = history;
    history.sources().forEach(source -> byId.put(source.eventId(), source));
  }

  /** What {@code history} proves. */
  public static Verdict judge(History history) {
    return new Oracle(history).judge();
  }

  private Verdict judge() {
    Set<String> delivered = new HashSet<>();
    for (Device device : history.devices()) {
      for (Happening happening : device.happenings()) {
        switch (happening) {
          case Seen seen -> checkSeen(device, seen, delivered);
          case Happening.Refused refused ->
              add(Promise.LIVENESS, device.name() + " was sent away: " + refused.why());
          case Happening.Connected _, Happening.Disconnected _, Happening.GapTold _ -> {}
        }
      }
      violations.addAll(Order.check(device, byId));
    }
    violations.addAll(Completeness.check(history, byId, delivered));
    violations.addAll(DeadLetters.check(history));
    checkCommits();
    checkAccepted();
    checkStops();
    if (!violations.isEmpty()) {
      return new Invalid(violations.subList(0, Math.min(MOST_TOLD, violations.size())));
    }
    if (delivered.isEmpty() || history.ends().isEmpty()) {
      return new Unknown("nothing was delivered, so nothing was tried");
    }
    return new Valid();
  }

  private void checkSeen(Device device, Seen seen, Set<String> delivered) {
    if (seen.event().equals(ALERT) && device.role() == Device.Role.OBSERVER) {
      return;
    }
    Source source = byId.get(seen.eventId());
    String what = device.name() + " got " + seen.event() + " " + seen.eventId();
    if (source == null) {
      add(Promise.NOTHING_INVENTED, what + ", which no record has caused");
      return;
    }
    if (!source.digest().equals(seen.digest())) {
      add(Promise.NOTHING_INVENTED, what + " with another payload than its record's");
    }
    String before = textOf.putIfAbsent(seen.event() + " " + seen.eventId(), seen.text());
    if (before != null && !before.equals(seen.text())) {
      add(Promise.NOTHING_INVENTED, what + " with other bytes than at another delivery");
    }
    boolean forAdmins = seen.event().startsWith("admin:");
    if (forAdmins ? device.role() != Device.Role.OBSERVER : source.kind().personal()) {
      if (forAdmins || !source.user().equals(device.user())) {
        add(Promise.ISOLATION, what + " of " + source.user());
      }
    }
    if (source.kind() == Source.Kind.POISON) {
      add(Promise.DEAD_LETTERS, what + ", which cannot be delivered");
    }
    if (device.role() == Device.Role.AUDITOR && source.kind() == Source.Kind.PERSONAL) {
      add(Promise.LIVENESS, what + ", which should have been proven before");
    }
    if (device.role() != Device.Role.OBSERVER) {
      delivered.add(seen.eventId());
    }
  }

  /** What is committed is resolved; everything is, when faults are long over. */
  private void checkCommits() {
    history
        .ends()
        .forEach(
            (lane, end) -> {
              long committed = history.committed().getOrDefault(lane, 0L);
              if (committed > end) {
                add(Promise.COMMIT_SAFETY, lane + ": committed " + committed + " of " + end);
              } else if (committed < end) {
                add(Promise.LIVENESS, lane + ": committed " + committed + " of " + end);
              }
            });
  }

  private void checkAccepted() {
    for (String eventId : history.accepted()) {
      if (!byId.containsKey(eventId)) {
        add(Promise.NO_LOSS, "REST call accepted, but not produced: " + eventId);
      }
    }
  }

  private void checkStops() {
    for (History.Stop stop : history.stops()) {
      if ((stop.status() != 0 && stop.status() != 143) || stop.millis() > STOP_MILLIS) {
        add(Promise.ORDERLY_STOP, "SIGTERM: " + stop + " (expected: 0 or 143 within 25 s)");
      }
    }
  }

  private void add(Promise promise, String what) {
    violations.add(new Violation(promise, what));
  }
}
