package io.realtime.socketio.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table of what comes of each event in each situation: a line {@code [SITUATION]}, then a line
 * {@code event -> outcome} for every event.
 */
public final class Outcomes {
  private final Map<String, List<String>> bySituation = new LinkedHashMap<>();

  private Outcomes(List<String> lines) {
    List<String> current = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("[")) {
        current = new ArrayList<>();
        bySituation.put(line.substring(1, line.length() - 1), current);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        current.add(line);
      }
    }
  }

  /** A resource beside this class. */
  public static Outcomes read(String resource) {
    try (InputStream in = Outcomes.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("resource: " + resource + " (expected: there)");
      }
      return new Outcomes(new String(in.readAllBytes(), UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Set<String> names() {
    return bySituation.keySet();
  }

  public List<String> of(String situation) {
    return bySituation.getOrDefault(situation, List.of());
  }

  /** Written as in the table. */
  public static List<String> lines(Map<String, String> outcomes) {
    return outcomes.entrySet().stream()
        .map(outcome -> outcome.getKey() + " -> " + outcome.getValue())
        .toList();
  }
}
