package io.realtime.verification.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The samples of a run. One thread. */
final class Figures {
  private final Map<Key, List<Double>> samples = new LinkedHashMap<>();

  record Key(Contender contender, Scenario scenario, Metric metric) {}

  /** Several samples of one figure. */
  record Spread(double min, double median, double max) {
    static Spread of(List<Double> samples) {
      List<Double> sorted = new ArrayList<>(samples);
      Collections.sort(sorted);
      int half = sorted.size() / 2;
      double median =
          sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
      return new Spread(sorted.getFirst(), median, sorted.getLast());
    }
  }

  void add(Contender contender, Scenario scenario, Metric metric, double sample) {
    samples
        .computeIfAbsent(new Key(contender, scenario, metric), fresh -> new ArrayList<>())
        .add(sample);
  }

  Map<Key, Spread> spreads() {
    Map<Key, Spread> spreads = new LinkedHashMap<>();
    samples.forEach((key, values) -> spreads.put(key, Spread.of(values)));
    return spreads;
  }

  OptionalDouble median(Contender contender, Scenario scenario, Metric metric) {
    List<Double> values = samples.get(new Key(contender, scenario, metric));
    return values == null ? OptionalDouble.empty() : OptionalDouble.of(Spread.of(values).median());
  }
}
