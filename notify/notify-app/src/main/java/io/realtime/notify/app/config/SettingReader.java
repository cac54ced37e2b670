package io.realtime.notify.app.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks settings up in the environment, then in the file, and collects what is wrong with them. An
 * empty value counts as not set, because that is what compose files and shells make of a missing
 * one. Used by one thread, once.
 */
final class SettingReader {
  private final Map<String, String> environment;
  private final Map<String, EnvFile.Line> file;
  private final List<String> problems;
  private final Map<String, LoadedConfig.Effective> effective = new LinkedHashMap<>();

  SettingReader(Map<String, String> environment, EnvFile file) {
    this.environment = environment;
    this.file = file.lines();
    this.problems = new ArrayList<>(file.problems());
  }

  /** Where a value was found. */
  record Found(String variable, String value, String origin) {}

  /** The value of {@code setting}, not yet understood. */
  Optional<Found> find(Setting setting) {
    List<Found> inEnvironment = new ArrayList<>();
    List<Found> inFile = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of(setting.name()));
    names.addAll(setting.aliases());
    for (String name : names) {
      String value = environment.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        inEnvironment.add(new Found(name, value, "environment"));
      }
      EnvFile.Line line = file.get(name);
      if (line != null && !line.value().isBlank()) {
        inFile.add(new Found(name, line.value().strip(), line.origin()));
      }
    }
    List<Found> found = inEnvironment.isEmpty() ? inFile : inEnvironment;
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Found first = found.getFirst();
    for (Found other : found) {
      if (!other.value().equals(first.value())) {
        problems.add(
            first.variable()
                + " and "
                + other.variable()
                + ": differ (expected: only one of them)");
      }
    }
    return Optional.of(first);
  }

  /** The value of {@code setting} as {@code parser} understands it; empty when not set or wrong. */
  <T> Optional<T> read(Setting setting, Function<String, T> parser) {
    Optional<Found> found = find(setting);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Found value = found.get();
    String shown = setting.secret() ? Secret.MASK : oneLine(value.value());
    String variable = value.variable().equals(setting.name()) ? "" : " as " + value.variable();
    effective.put(
        setting.name(),
        new LoadedConfig.Effective(setting.name(), shown, value.origin() + variable));
    try {
      return Optional.of(parser.apply(value.value()));
    } catch (IllegalArgumentException e) {
      String bad = setting.secret() ? "" : quoted(value.value()) + " ";
      String origin = value.origin().equals("environment") ? "" : " [" + value.origin() + "]";
      problems.add(value.variable() + ": " + bad + "(expected: " + e.getMessage() + ")" + origin);
      return Optional.empty();
    }
  }

  /** As {@link #read(Setting, Function)}, with what holds when it is not set. */
  <T> T read(Setting setting, Function<String, T> parser, T fallback) {
    Optional<T> value = read(setting, parser);
    if (value.isEmpty()) {
      byDefault(setting, String.valueOf(fallback));
    }
    return value.orElse(fallback);
  }

  /** Notes what holds for a setting that is not set. */
  void byDefault(Setting setting, String shown) {
    effective.putIfAbsent(
        setting.name(), new LoadedConfig.Effective(setting.name(), shown, "default"));
  }

  void problem(String problem) {
    problems.add(problem);
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  /** In the order of {@link Settings#all}. */
  List<LoadedConfig.Effective> effective() {
    return Settings.all().stream()
        .map(
            setting ->
                effective.getOrDefault(
                    setting.name(),
                    new LoadedConfig.Effective(setting.name(), "(not set)", "default")))
        .toList();
  }

  private static String quoted(String value) {
    String line = oneLine(value);
    return '"' + (line.length() > 100 ? line.substring(0, 100) + "..." : line) + '"';
  }

  private static String oneLine(String value) {
    return value.replaceAll("\\p{Cntrl}+", " ");
  }
}
