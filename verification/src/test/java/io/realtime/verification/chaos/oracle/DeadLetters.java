package io.realtime.verification.chaos.oracle;

import io.realtime.verification.chaos.oracle.History.Letter;
import io.realtime.verification.chaos.oracle.Violation.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every record that cannot be delivered has its letter, and no other record has one. */
final class DeadLetters {
  private DeadLetters() {}

  static List<Violation> check(History history) {
    List<Violation> violations = new ArrayList<>();
    Map<String, List<Letter>> letters = new HashMap<>();
    history
        .letters()
        .forEach(
            letter ->
                letters
                    .computeIfAbsent(place(letter.lane(), letter.offset()), at -> new ArrayList<>())
                    .add(letter));
    for (Source source : history.sources()) {
      String place = place(source.lane(), source.offset());
      List<Letter> found = letters.getOrDefault(place, List.of());
      letters.remove(place);
      if (source.kind() == Source.Kind.POISON) {
        if (found.isEmpty()) {
          add(violations, place + " has no dead letter");
        }
        if (found.stream().anyMatch(letter -> !letter.digest().equals(source.digest()))) {
          add(violations, place + " has a dead letter with other bytes");
        }
        if (found.size() > 1 + history.crashes()) {
          add(
              violations,
              place + ": " + found.size() + " letters after " + history.crashes() + " crashes");
        }
      } else if (!found.isEmpty()) {
        add(violations, place + " has a dead letter, and nothing is wrong with it");
      }
    }
    letters.keySet().forEach(place -> add(violations, place + " has a dead letter, and no record"));
    return violations;
  }

  private static String place(String lane, long offset) {
    return lane + ":" + offset;
  }

  private static void add(List<Violation> violations, String what) {
    violations.add(new Violation(Promise.DEAD_LETTERS, what));
  }
}
