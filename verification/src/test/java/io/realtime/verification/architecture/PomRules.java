package io.realtime.verification.architecture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules over the poms: a module can import only what its class path holds. */
final class PomRules {
  private static final String GROUP = "io.realtime";

  private PomRules() {}

  /** Shipped dependencies between modules that {@link Layout#MAY_DEPEND} does not name. */
  static List<String> directionViolations(List<Pom> poms) {
    List<String> violations = new ArrayList<>();
    for (Pom pom : poms) {
      if (!Layout.MAY_DEPEND.containsKey(pom.artifactId())) {
        violations.add(pom.artifactId() + " has no place in the layout");
      }
      List<String> allowed = Layout.MAY_DEPEND.getOrDefault(pom.artifactId(), List.of());
      for (String module : modulesShippedWith(pom)) {
        if (!allowed.contains(module)) {
          violations.add(pom.artifactId() + " must not depend on " + module);
        }
      }
    }
    return violations;
  }

  /** Modules below {@code start} that {@code serve} would carry although they are the demo's. */
  static List<String> demoReachableFrom(String start, List<Pom> poms) {
    return reachable(start, poms).stream().filter(module -> module.startsWith("demo-")).toList();
  }

  /** Every module on the shipped class path of {@code start}, itself included. */
  static Set<String> reachable(String start, List<Pom> poms) {
    Map<String, Pom> byName = new HashMap<>();
    poms.forEach(pom -> byName.put(pom.artifactId(), pom));
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      String module = open.pop();
      Pom pom = byName.get(module);
      if (seen.add(module) && pom != null) {
        open.addAll(modulesShippedWith(pom));
      }
    }
    return seen;
  }

  private static List<String> modulesShippedWith(Pom pom) {
    return pom.dependencies().stream()
        .filter(dependency -> dependency.groupId().equals(GROUP) && dependency.shipped())
        .map(Pom.Dependency::artifactId)
        .toList();
  }
}
