package io.realtime.verification.chaos;

import io.realtime.verification.chaos.oracle.Verdict;
import io.realtime.verification.chaos.world.Size;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Started by {@code ./chaos}, which has built everything and checked the options: runs rounds until
 * the time is over, at least one. Exit status 0 when every round was valid, 1 when one was not, 2
 * when one could not tell.
 */
final class ChaosMain {
  private final Map<String, String> options = new HashMap<>();

  private ChaosMain(List<String> arguments) {
    for (int i = 0; i + 1 < arguments.size(); i += 2) {
      options.put(arguments.get(i), arguments.get(i + 1));
    }
  }

  public static void main(String[] arguments) throws IOException {
    System.exit(new ChaosMain(List.of(arguments)).run());
  }

  private String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  private int run() throws IOException {
    Path home = Path.of(option("--home", "target/chaos"));
    String protocol = option("--protocol", "classic");
    Size size = option("--size", "full").equals("small") ? Size.small() : Size.full();
    Ledger ledger =
        new Ledger(Path.of(option("--ledger", "target/chaos.csv")), option("--commit", "unknown"));
    long seed =
        options.containsKey("--seed")
            ? Long.parseLong(option("--seed", ""))
            : ThreadLocalRandom.current().nextInt(1_000_000);
    long until = System.nanoTime() + (long) (Double.parseDouble(option("--minutes", "0")) * 60e9);
    int worst = 0;
    do {
      Path folder = home.resolve(protocol + "-" + seed);
      delete(folder);
      Files.createDirectories(folder);
      String label = protocol + " seed " + seed + ": ";
      Round round = new Round(folder, protocol, size, line -> say(label + line));
      Round.Outcome outcome = round.run(seed);
      ledger.add(protocol, seed, outcome);
      tell(label, outcome);
      int status =
          switch (outcome.verdict()) {
            case Verdict.Valid _ -> 0;
            case Verdict.Invalid _ -> 1;
            case Verdict.Unknown _ -> 2;
          };
      if (status == 0) {
        delete(folder);
      } else {
        say("its logs: " + folder);
        say("again: ./chaos --seed " + seed + " --protocol " + protocol);
      }
      worst = worst == 1 ? 1 : Math.max(worst, status);
      if (status == 1) {
        worst = 1;
      }
      seed++;
    } while (System.nanoTime() < until);
    return worst;
  }

  private static void tell(String label, Round.Outcome outcome) {
    switch (outcome.verdict()) {
      case Verdict.Valid _ -> {}
      case Verdict.Invalid invalid -> invalid.violations().forEach(each -> say(label + each));
      case Verdict.Unknown unknown -> say(label + unknown.why());
    }
    System.out.printf(
        "%s%s after %d s: %d records, %d deliveries, %d kills, %d reconnects (%d recovered), %d gaps%n",
        label,
        outcome.verdict().word(),
        outcome.time().toSeconds(),
        outcome.records(),
        outcome.deliveries(),
        outcome.tally().kills(),
        outcome.reconnects(),
        outcome.recovered(),
        outcome.gaps());
  }

  private static void say(String line) {
    System.err.println(line);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path each, @org.jspecify.annotations.Nullable IOException failed) throws IOException {
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
