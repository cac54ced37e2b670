package io.realtime.verification.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.StringJoiner;

/** A run as tables for people, and as JSON. Pure. */
final class Report {
  private final Machine machine;
  private final String transport;
  private final Figures figures;

  Report(Machine machine, String transport, Figures figures) {
    this.machine = machine;
    this.transport = transport;
    this.figures = figures;
  }

  String tables(Plan plan) {
    StringBuilder out = new StringBuilder();
    out.append("\nMachine: ").append(machine).append('\n');
    out.append("Transport of ours and the floor: ").append(transport).append('\n');
    out.append("Each cell: median (min..max), and how many times ours that is.\n");
    for (Metric metric : Metric.values()) {
      List<Scenario> measured =
          plan.scenarios().stream()
              .filter(
                  scenario ->
                      figures.median(Contender.OURS, scenario, metric).isPresent()
                          || plan.contenders().stream()
                              .anyMatch(some -> figures.median(some, scenario, metric).isPresent()))
              .toList();
      if (!measured.isEmpty()) {
        out.append('\n').append(table(plan, metric, measured));
      }
    }
    List<String> bars = Bars.judge(figures, transport);
    if (!bars.isEmpty()) {
      out.append("\nBars of the library\n");
      bars.forEach(bar -> out.append(bar).append('\n'));
    }
    return out.toString();
  }

  private String table(Plan plan, Metric metric, List<Scenario> scenarios) {
    StringBuilder out = new StringBuilder("| " + metric.wireName() + " |");
    scenarios.forEach(scenario -> out.append(' ').append(scenario.wireName()).append(" |"));
    out.append("\n|---|").append("---|".repeat(scenarios.size())).append('\n');
    for (Contender contender : plan.contenders()) {
      List<String> cells = new ArrayList<>();
      scenarios.forEach(scenario -> cells.add(cell(contender, scenario, metric)));
      if (cells.stream().anyMatch(cell -> !cell.equals("-"))) {
        out.append("| ").append(contender.wireName()).append(" | ");
        out.append(String.join(" | ", cells)).append(" |\n");
      }
    }
    return out.toString();
  }

  private String cell(Contender contender, Scenario scenario, Metric metric) {
    Figures.Spread spread = figures.spreads().get(new Figures.Key(contender, scenario, metric));
    if (spread == null) {
      return "-";
    }
    int digits = spread.median() < 100 ? 2 : 0;
    String number = "%." + digits + "f";
    String cell =
        String.format(
            Locale.ROOT,
            number + " (" + number + ".." + number + ")",
            spread.median(),
            spread.min(),
            spread.max());
    OptionalDouble ours = figures.median(Contender.OURS, scenario, metric);
    if (contender == Contender.OURS || ours.isEmpty() || ours.getAsDouble() == 0) {
      return cell;
    }
    return cell + String.format(Locale.ROOT, " x%.2f", spread.median() / ours.getAsDouble());
  }

  String json() {
    StringJoiner all = new StringJoiner(",\n    ", "[\n    ", "\n  ]");
    figures
        .spreads()
        .forEach(
            (key, spread) ->
                all.add(
                    String.format(
                        Locale.ROOT,
                        "{\"server\": \"%s\", \"scenario\": \"%s\", \"metric\": \"%s\","
                            + " \"min\": %.3f, \"median\": %.3f, \"max\": %.3f}",
                        key.contender().wireName(),
                        key.scenario().wireName(),
                        key.metric().wireName(),
                        spread.min(),
                        spread.median(),
                        spread.max())));
    return String.format(
        Locale.ROOT,
        """
        {
          "machine": {"cores": %d, "model": "%s", "memory_bytes": %d, "kernel": "%s", "java": "%s"},
          "transport": "%s",
          "figures": %s
        }
        """,
        machine.cores(),
        machine.model().replace("\"", ""),
        machine.memoryBytes(),
        machine.kernel(),
        machine.java().replace("\"", ""),
        transport,
        all);
  }
}
