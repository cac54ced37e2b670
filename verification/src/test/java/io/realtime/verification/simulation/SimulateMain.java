package io.realtime.verification.simulation;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** The command {@code ./simulate}: see its help. */
public final class SimulateMain {
  private static final int VALID = 0;
  private static final int BROKEN = 1;
  private static final int UNKNOWN = 2;
  private static final long PROGRESS = 5_000;

  private final PrintStream out;
  private final PrintStream err;

  private SimulateMain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  /** What the command does; returns its exit status. */
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    SimulateMain main = new SimulateMain(out, err);
    try {
      return main.run(Wanted.parse(arguments));
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return UNKNOWN;
    } catch (RuntimeException e) {
      err.println("The simulation itself failed, so nothing is known: " + e);
      e.printStackTrace(err);
      return UNKNOWN;
    }
  }

  /**
   * What was asked for.
   *
   * @param one a single seed, with its trace
   */
  private record Wanted(boolean plants, long from, long seeds, Optional<Long> one, Plant plant) {
    static Wanted parse(String[] arguments) {
      Wanted wanted = new Wanted(false, 1, 100_000, Optional.empty(), Plant.NONE);
      for (int i = 0; i < arguments.length; i++) {
        String name = arguments[i];
        if (name.equals("--plants")) {
          wanted = new Wanted(true, 1, 1, Optional.empty(), Plant.NONE);
          continue;
        }
        if (i + 1 == arguments.length) {
          throw new IllegalArgumentException(name + ": no such option, or its value is missing");
        }
        wanted = wanted.with(name, arguments[++i]);
      }
      return wanted;
    }

    private Wanted with(String name, String value) {
      return switch (name) {
        case "--from" -> new Wanted(plants, number(name, value, 0), seeds, one, plant);
        case "--seeds" -> new Wanted(plants, from, number(name, value, 1), one, plant);
        case "--seed" ->
            new Wanted(plants, from, seeds, Optional.of(number(name, value, 0)), plant);
        case "--plant" -> new Wanted(plants, from, seeds, one, plant(value));
        default -> throw new IllegalArgumentException(name + ": no such option");
      };
    }

    private static long number(String name, String value, long least) {
      try {
        long number = Long.parseLong(value);
        if (number >= least && number <= 1_000_000_000_000L) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: a number from " + least + ")");
    }

    private static Plant plant(String value) {
      return Arrays.stream(Plant.values())
          .filter(plant -> plant.label().equals(value))
          .findAny()
          .orElseThrow(() -> new IllegalArgumentException("--plant: " + value + " (see --plants)"));
    }
  }

  private int run(Wanted wanted) {
    if (wanted.plants()) {
      plants().forEach(plant -> out.println(plant.label()));
      return VALID;
    }
    return wanted.one().map(seed -> replay(seed, wanted.plant())).orElseGet(() -> many(wanted));
  }

  /** The planted bugs. */
  static List<Plant> plants() {
    return Arrays.stream(Plant.values()).filter(plant -> plant != Plant.NONE).toList();
  }

  private int replay(long seed, Plant plant) {
    List<String> broken = new World(seed, plant, out::println).run();
    return report(seed, plant, broken);
  }

  private int report(long seed, Plant plant, List<String> broken) {
    if (broken.isEmpty()) {
      out.println("seed " + seed + ": valid");
      return VALID;
    }
    out.println("seed " + seed + ": not valid");
    if (plant != Plant.NONE) {
      out.println("  planted: " + plant.about());
    }
    broken.forEach(line -> out.println("  " + line));
    out.println(
        "replay: ./simulate --seed "
            + seed
            + (plant == Plant.NONE ? "" : " --plant " + plant.label()));
    return BROKEN;
  }

  private int many(Wanted wanted) {
    long startedAt = System.nanoTime();
    Result result = search(wanted.from(), wanted.seeds(), wanted.plant(), this::progress);
    double seconds = Duration.ofNanos(System.nanoTime() - startedAt).toMillis() / 1000.0;
    if (result.broken().isPresent()) {
      Broken broken = result.broken().get();
      return report(broken.seed(), wanted.plant(), broken.violations());
    }
    out.printf(
        "%d seeds from %d: valid (%.0f s, %.0f seeds/s)%n",
        wanted.seeds(), wanted.from(), seconds, wanted.seeds() / Math.max(seconds, 0.001));
    return VALID;
  }

  private void progress(long done) {
    if (done % PROGRESS == 0) {
      err.println(done + " seeds done");
    }
  }

  /**
   * A run that broke an invariant.
   *
   * @param violations which
   */
  record Broken(long seed, List<String> violations) {}

  /**
   * What a search found.
   *
   * @param runs that were made
   */
  record Result(long runs, Optional<Broken> broken) {}

  /** Hears of every run. */
  @FunctionalInterface
  interface Progress {
    void done(long runs);
  }

  /** Runs seeds on all processors, until the first that is not valid; the lowest one is told. */
  static Result search(long from, long seeds, Plant plant, Progress progress) {
    ConcurrentSkipListMap<Long, List<String>> broken = new ConcurrentSkipListMap<>();
    AtomicLong next = new AtomicLong(from);
    AtomicLong done = new AtomicLong();
    IntStream.range(0, Math.max(1, Runtime.getRuntime().availableProcessors()))
        .parallel()
        .forEach(
            worker -> {
              for (long seed = next.getAndIncrement();
                  seed < from + seeds && broken.isEmpty();
                  seed = next.getAndIncrement()) {
                List<String> violations = new World(seed, plant).run();
                if (!violations.isEmpty()) {
                  broken.put(seed, violations);
                }
                progress.done(done.incrementAndGet());
              }
            });
    return new Result(
        done.get(),
        Optional.ofNullable(broken.firstEntry())
            .map(entry -> new Broken(entry.getKey(), entry.getValue())));
  }
}
