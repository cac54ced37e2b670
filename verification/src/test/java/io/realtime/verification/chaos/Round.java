package io.realtime.verification.chaos;

import io.realtime.verification.chaos.oracle.Happening;
import io.realtime.verification.chaos.oracle.History;
import io.realtime.verification.chaos.oracle.Oracle;
import io.realtime.verification.chaos.oracle.Verdict;
import io.realtime.verification.chaos.world.Size;
import io.realtime.verification.chaos.world.Tally;
import io.realtime.verification.chaos.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One round: faults, heal, drain, audit, verdict. */
final class Round {
  /** 30 s and the group's session timeout after the last fault. */
  private static final Duration DRAIN = Duration.ofSeconds(40);

  private static final Duration AUDIT = Duration.ofSeconds(15);

  private final Path folder;
  private final String protocol;
  private final Size size;
  private final Consumer<String> progress;

  Round(Path folder, String protocol, Size size, Consumer<String> progress) {
    this.folder = folder;
    this.protocol = protocol;
    this.size = size;
    this.progress = progress;
  }

  /**
   * What came of it.
   *
   * @param time from the first record to the verdict
   * @param records in the source topics
   * @param deliveries that devices have seen
   * @param reconnects of all devices
   * @param recovered how many of those the server called so
   * @param gaps that were told
   */
  record Outcome(
      Verdict verdict,
      Tally tally,
      Duration time,
      long records,
      long deliveries,
      long reconnects,
      long recovered,
      long gaps) {}

  /** Runs it; never throws: what keeps it from a verdict is one, {@link Verdict.Unknown}. */
  Outcome run(long seed) {
    long start = System.nanoTime();
    Tally tally = new Tally();
    Optional<History> history = Optional.empty();
    Verdict verdict;
    try (World world = World.start(folder, protocol, size, seed)) {
      start = System.nanoTime();
      tally = world.tally();
      progress.accept("faults for " + size.faults().toSeconds() + " s");
      world.suffer();
      progress.accept("healing after " + tally.kills() + " kills");
      world.heal();
      Judged drained = await(world, DRAIN);
      progress.accept("drained: " + drained.verdict().word());
      history = drained.history();
      verdict = drained.verdict();
      if (verdict instanceof Verdict.Valid) {
        world.sendAuditors();
        awaitConnected(world);
        world.sendMarkers();
        Judged audited = await(world, AUDIT);
        history = audited.history();
        verdict = audited.verdict();
        if (verdict instanceof Verdict.Valid && history.isPresent()) {
          verdict = Oracle.judge(with(history.get(), world.stopService()));
        }
      }
    } catch (IOException | RuntimeException | AssertionError failure) {
      failure.printStackTrace();
      verdict = new Verdict.Unknown(failure.toString());
    }
    return outcome(verdict, tally, Duration.ofNanos(System.nanoTime() - start), history);
  }

  private record Judged(Verdict verdict, Optional<History> history) {}

  /** Judges until it is valid or the time is over. */
  private static Judged await(World world, Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    while (true) {
      Judged judged = judge(world);
      if (judged.verdict() instanceof Verdict.Valid || System.nanoTime() > deadline) {
        return judged;
      }
      LockSupport.parkNanos(500_000_000);
    }
  }

  private static Judged judge(World world) {
    try {
      if (!world.allConnected()) {
        return new Judged(new Verdict.Unknown("not all clients are back"), Optional.empty());
      }
      History history = world.history();
      return new Judged(Oracle.judge(history), Optional.of(history));
    } catch (RuntimeException failure) {
      return new Judged(new Verdict.Unknown(failure.toString()), Optional.empty());
    }
  }

  private static void awaitConnected(World world) {
    long deadline = System.nanoTime() + AUDIT.toNanos();
    while (!world.allConnected() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static History with(History history, History.Stop last) {
    List<History.Stop> stops = new ArrayList<>(history.stops());
    stops.add(last);
    return new History(
        history.sources(),
        history.devices(),
        history.letters(),
        history.accepted(),
        history.ends(),
        history.committed(),
        history.crashes(),
        stops);
  }

  private static Outcome outcome(
      Verdict verdict, Tally tally, Duration time, Optional<History> history) {
    long records = 0;
    long deliveries = 0;
    long reconnects = 0;
    long recovered = 0;
    long gaps = 0;
    if (history.isPresent()) {
      records = history.get().sources().size();
      for (var device : history.get().devices()) {
        boolean first = true;
        for (Happening happening : device.happenings()) {
          switch (happening) {
            case Happening.Seen _ -> deliveries++;
            case Happening.GapTold _ -> gaps++;
            case Happening.Connected connected -> {
              reconnects += first ? 0 : 1;
              recovered += connected.recovered() ? 1 : 0;
              first = false;
            }
            case Happening.Disconnected _, Happening.Refused _ -> {}
          }
        }
      }
    }
    return new Outcome(verdict, tally, time, records, deliveries, reconnects, recovered, gaps);
  }
}
