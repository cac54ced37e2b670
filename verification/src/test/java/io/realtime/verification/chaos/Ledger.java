package io.realtime.verification.chaos;

import io.realtime.verification.chaos.world.Fault;
import io.realtime.verification.chaos.world.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.StringJoiner;

/** A CSV file with a line for each round, so that a long run can be done in pieces. */
final class Ledger {
  private static final List<String> COLUMNS =
      List.of(
          "finished",
          "commit",
          "protocol",
          "seed",
          "seconds",
          "records",
          "deliveries",
          "reconnects",
          "recovered",
          "gaps",
          "service_kills",
          "broker_kills",
          "pauses",
          "terms",
          "disk_full",
          "cuts",
          "black_holes",
          "verdict");

  private final Path file;
  private final String commit;

  Ledger(Path file, String commit) {
    this.file = file;
    this.commit = commit;
  }

  void add(String protocol, long seed, Round.Outcome outcome) {
    Tally tally = outcome.tally();
    StringJoiner line = new StringJoiner(",", "", "\n");
    line.add(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    line.add(commit).add(protocol);
    for (long number :
        List.of(
            seed,
            outcome.time().toSeconds(),
            outcome.records(),
            outcome.deliveries(),
            outcome.reconnects(),
            outcome.recovered(),
            outcome.gaps(),
            (long) tally.serviceKills(),
            (long) tally.of(Fault.BROKER_KILL),
            (long) tally.of(Fault.SERVICE_PAUSE, Fault.BROKER_PAUSE),
            (long) tally.of(Fault.SERVICE_TERM),
            (long) tally.of(Fault.DISK_FULL),
            (long) tally.of(Fault.CUT),
            (long) tally.of(Fault.BLACK_HOLE))) {
      line.add(Long.toString(number));
    }
    line.add(outcome.verdict().word());
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (!Files.exists(file) || Files.size(file) == 0) {
        Files.writeString(file, String.join(",", COLUMNS) + "\n");
      }
      Files.writeString(file, line.toString(), StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
