package io.realtime.verification.bench;

import io.realtime.verification.bench.Contender.Setting;
import io.realtime.verification.bench.load.Crowd.BrokenRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Started by {@code ./bench}, which has built everything: measures, prints the tables, writes the
 * JSON. Exit status 0, 1 for a run that is no measure, 2 for arguments that say nothing.
 */
final class BenchMain {
  private Plan plan = Plan.full();
  private String transport = "auto";
  private Optional<Path> json = Optional.empty();

  private BenchMain() {}

  public static void main(String[] arguments) throws IOException {
    BenchMain main = new BenchMain();
    try {
      main.read(List.of(arguments));
    } catch (IllegalArgumentException refused) {
      System.err.println(refused.getMessage());
      System.exit(2);
    }
    try {
      main.run();
    } catch (BrokenRun broken) {
      System.err.println("This run is no measure: " + broken.getMessage());
      System.exit(1);
    }
  }

  /** The launcher has checked the names of the options. */
  private void read(List<String> arguments) {
    if (arguments.contains("--quick")) {
      plan = Plan.quick();
    }
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      if (!option.equals("--quick")) {
        i++;
        apply(option, arguments.get(i));
      }
    }
  }

  private void apply(String option, String value) {
    switch (option) {
      case "--transport" -> transport = value;
      case "--json" -> json = Optional.of(Path.of(value));
      case "--rounds" -> plan = plan.withRounds(Integer.parseInt(value));
      case "--servers" ->
          plan =
              plan.withContenders(
                  Arrays.stream(value.split(",", -1)).map(Contender::named).toList());
      case "--scenarios" ->
          plan =
              plan.withScenarios(Arrays.stream(value.split(",", -1)).map(Scenario::named).toList());
      default -> throw new IllegalArgumentException(option + ": no such option");
    }
  }

  private void run() throws IOException {
    Setting setting =
        new Setting(
            Path.of(System.getProperty("bench.home")),
            transport,
            words("bench.java.command"),
            words("bench.our.flags"));
    Run run = new Run(plan, setting, System.err::println);
    Figures figures = run.measure();
    Report report = new Report(Machine.here(), run.transport(), figures);
    System.out.print(report.tables(plan));
    if (json.isPresent()) {
      Files.writeString(json.get(), report.json());
    }
  }

  private static List<String> words(String property) {
    return Arrays.stream(System.getProperty(property, "").split(" ", -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
