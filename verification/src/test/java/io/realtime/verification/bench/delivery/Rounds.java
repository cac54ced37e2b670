package io.realtime.verification.bench.delivery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** The samples of all rounds, as tables and as JSON. One thread. */
final class Rounds {
  private final Map<Measure, List<Double>> samples = new EnumMap<>(Measure.class);

  void add(Measure measure, double sample) {
    samples.computeIfAbsent(measure, fresh -> new ArrayList<>()).add(sample);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  String tables(String machine) {
    StringBuilder out = new StringBuilder("\nMachine: " + machine + "\n");
    out.append("Each cell: median (min..max).\n\n| figure | service |\n|---|---|\n");
    samples.forEach(
        (measure, values) ->
            out.append(
                String.format(
                    Locale.ROOT,
                    "| %s %s | %.2f (%.2f..%.2f) |%n",
                    measure.scenario(),
                    measure.metric(),
                    median(values),
                    Collections.min(values),
                    Collections.max(values))));
    out.append("\nBars of the service\n");
    samples.forEach(
        (measure, values) -> {
          if (measure.hasBar()) {
            out.append(
                String.format(
                    Locale.ROOT,
                    "%-6s %-14s %-12s %10.2f (%s)%n",
                    measure.met(median(values)) ? "met" : "MISSED",
                    measure.scenario(),
                    measure.metric(),
                    median(values),
                    measure.barText()));
          }
        });
    return out.toString();
  }

  String json(String machine) {
    StringJoiner all = new StringJoiner(",\n    ", "[\n    ", "\n  ]");
    samples.forEach(
        (measure, values) ->
            all.add(
                String.format(
                    Locale.ROOT,
                    "{\"server\": \"service\", \"scenario\": \"%s\", \"metric\": \"%s\","
                        + " \"min\": %.3f, \"median\": %.3f, \"max\": %.3f}",
                    measure.scenario(),
                    measure.metric(),
                    Collections.min(values),
                    median(values),
                    Collections.max(values))));
    return "{\n  \"machine\": \""
        + machine.replace("\"", "")
        + "\",\n  \"figures\": "
        + all
        + "\n}\n";
  }
}
