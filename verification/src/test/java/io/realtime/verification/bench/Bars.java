package io.realtime.verification.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The library's bars: ratios within one run, and what an idle connection may cost. Pure. */
final class Bars {
  private Bars() {}

  /**
   * A bar.
   *
   * @param against absent: an absolute figure
   * @param onlyIoUring for peers that have no such transport themselves
   */
  private record Bar(
      Scenario scenario, Metric metric, Contender against, double most, boolean onlyIoUring) {}

  private static final List<Bar> RATIOS =
      List.of(
          ratio(Scenario.BROADCAST_5000, Contender.RAW_NETTY, 1.25, false),
          ratio(Scenario.BROADCAST_5000, Contender.NODE, 0.55, true),
          ratio(Scenario.BROADCAST_5000, Contender.NETTY_SOCKETIO, 0.60, true),
          ratio(Scenario.BROADCAST_5000, Contender.CENTRIFUGE, 0.55, true),
          ratio(Scenario.DIRECT_5000, Contender.RAW_NETTY, 1.30, false),
          ratio(Scenario.DIRECT_5000, Contender.NODE, 0.35, true),
          ratio(Scenario.DIRECT_5000, Contender.NETTY_SOCKETIO, 0.70, true),
          ratio(Scenario.DIRECT_5000, Contender.CENTRIFUGE, 0.55, true),
          new Bar(Scenario.IDLE, Metric.RSS_BYTES, Contender.NODE, 0.55, false),
          new Bar(Scenario.IDLE, Metric.RSS_BYTES, Contender.CENTRIFUGE, 1.0 / 3, false));

  /**
   * Of ours, for one idle connection: 9 KB resident, 4 KB of live heap, 5 us of a core a second.
   */
  private static final List<Bar> ABSOLUTE =
      List.of(
          new Bar(Scenario.IDLE, Metric.RSS_BYTES, Contender.OURS, 9 * 1024, false),
          new Bar(Scenario.IDLE, Metric.HEAP_BYTES, Contender.OURS, 4 * 1024, false),
          new Bar(Scenario.IDLE, Metric.CPU_US, Contender.OURS, 5, false));

  private static Bar ratio(Scenario scenario, Contender against, double most, boolean onlyIoUring) {
    return new Bar(scenario, Metric.CPU_US, against, most, onlyIoUring);
  }

  /** A line for each bar for which this run has the figures. */
  static List<String> judge(Figures figures, String transport) {
    List<String> lines = new ArrayList<>();
    for (Bar bar : RATIOS) {
      OptionalDouble ours = figures.median(Contender.OURS, bar.scenario(), bar.metric());
      OptionalDouble theirs = figures.median(bar.against(), bar.scenario(), bar.metric());
      if ((!bar.onlyIoUring() || transport.equals("io_uring"))
          && ours.isPresent()
          && theirs.isPresent()) {
        lines.add(
            line(bar, ours.getAsDouble() / theirs.getAsDouble(), "of " + bar.against().wireName()));
      }
    }
    for (Bar bar : ABSOLUTE) {
      figures
          .median(Contender.OURS, bar.scenario(), bar.metric())
          .ifPresent(figure -> lines.add(line(bar, figure, "for a connection")));
    }
    return lines;
  }

  private static String line(Bar bar, double figure, String unit) {
    return String.format(
        Locale.ROOT,
        "%-6s %-14s %-10s %8.2f %s (at most %.2f)",
        figure <= bar.most() ? "met" : "MISSED",
        bar.scenario().wireName(),
        bar.metric().wireName(),
        figure,
        unit,
        bar.most());
  }
}
