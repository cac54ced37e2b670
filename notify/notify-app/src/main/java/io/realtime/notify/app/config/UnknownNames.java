package io.realtime.notify.app.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds variables that look like ours and are not: most often a slip of the pen. */
final class UnknownNames {
  /** What Kubernetes adds for every service it knows: no slips. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "[A-Z0-9_]+_SERVICE_(HOST|PORT)(_.*)?|[A-Z0-9_]+_PORT_\\d+_(TCP|UDP)(_.*)?|KAFKA_PORT");

  /** Of commands and examples, not of the service. */
  private static final Set<String> ELSEWHERE = Set.of("REALTIME_URL", "REALTIME_TOKEN");

  private UnknownNames() {}

  static List<String> warnings(Collection<String> names) {
    Set<String> known =
        Settings.all().stream()
            .flatMap(
                setting -> Stream.concat(Stream.of(setting.name()), setting.aliases().stream()))
            .collect(Collectors.toCollection(TreeSet::new));
    return new TreeSet<>(names)
        .stream()
            .filter(name -> name.startsWith("KAFKA_") || name.startsWith("REALTIME_"))
            .filter(name -> !known.contains(name) && !ELSEWHERE.contains(name))
            .filter(name -> !SERVICE_LINK.matcher(name).matches())
            .map(name -> name + " is not a setting and has no effect" + hint(name, known))
            .toList();
  }

  private static String hint(String name, Set<String> known) {
    Optional<String> nearest =
        known.stream().min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    return nearest
        .filter(candidate -> distance(name, candidate) <= Math.max(3, name.length() / 3))
        .map(candidate -> "; did you mean " + candidate + "?")
        .orElse("");
  }

  /** Levenshtein's. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
