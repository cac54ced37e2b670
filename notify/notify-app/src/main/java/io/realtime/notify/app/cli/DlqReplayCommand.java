package io.realtime.notify.app.cli;

import io.realtime.notify.app.remote.Json;
import io.realtime.notify.app.remote.RemoteFailedException;
import io.realtime.notify.core.catalogue.RoutedEvent;
import io.realtime.notify.core.catalogue.RoutedEvent.Delivery;
import io.realtime.notify.core.catalogue.Verdict;
import io.realtime.notify.kafka.replay.DeadLetters;
import io.realtime.notify.kafka.replay.DeadLetters.Found;
import io.realtime.notify.kafka.replay.Letter;
import io.realtime.notify.kafka.replay.LetterFilter;
import io.realtime.notify.kafka.replay.LetterState;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays dead letters. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Put dead letters back onto the way in, under their own event ids.",
      "Only letters that nobody has decided on. One that fails again is a new letter with a higher"
          + " number; after 3 failed replays it is parked and needs --parked.",
      "Ends with 1 when a letter could not be replayed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  realtime dlq replay order.created:0:17 --dry-run",
      "  realtime dlq replay --stage APPEND --since 2h --rate 20",
      "  realtime dlq replay --every --dry-run --url http://localhost:3009 --token $TOKEN"
    })
final class DlqReplayCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  @Mixin private final KafkaOption kafka = new KafkaOption();
  @Mixin private final LetterOption letters = new LetterOption();
  @Mixin private final RemoteOption remote = new RemoteOption();

  @Parameters(paramLabel = "LETTER", arity = "0..*", description = "As ls names them.")
  private List<String> ids = List.of();

  @Option(names = "--every", description = "All that are open; needed when nothing else is given.")
  private boolean every;

  @Option(names = "--parked", description = "Parked ones too.")
  private boolean parked;

  @Option(
      names = "--dry-run",
      description = "Say whom it would reach, asking the service at --url who is online.")
  private boolean dryRun;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "50",
      description = "Letters a second, 1 to 1000; 50 when not given.")
  private int rate = 50;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept with the decision.")
  private String reason = "";

  @Option(names = "--json", description = "One JSON object at the end.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  DlqReplayCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What came of it so far. */
  private static final class Tally {
    private final Set<String> users = new HashSet<>();
    private int letters;
    private int failAgain;
    private int skipped;
    private int products;
    private int stubs;
  }

  @Override
  public Integer call() {
    LetterFilter filter = filter();
    Tally tally = new Tally();
    try (DeadLetters topic = new DeadLetters(kafka.settings(environment), InstantSource.system())) {
      topic.read(
          filter,
          found -> {
            if (!Thread.currentThread().isInterrupted()) {
              one(topic, found, tally);
            }
            return !Thread.currentThread().isInterrupted();
          });
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? Json.object(summary(tally)) : sentence(tally));
    out.flush();
    return tally.stubs == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private LetterFilter filter() {
    LetterFilter filter = letters.filter(ids);
    if (!filter.isSpecific() && !every) {
      throw new ParameterException(
          spec.commandLine(), "Which letters? (expected: letters, a filter, or --every)");
    }
    if (rate < 1 || rate > 1_000) {
      throw new ParameterException(
          spec.commandLine(), "--rate: " + rate + " (expected: 1 to 1000 letters a second)");
    }
    return filter.withStates(
        parked ? EnumSet.of(LetterState.OPEN, LetterState.PARKED) : EnumSet.of(LetterState.OPEN));
  }

  private void one(DeadLetters topic, Found found, Tally tally) {
    Letter letter = found.letter();
    if (letter.value() == null) {
      tally.stubs++;
      PrintWriter err = spec.commandLine().getErr();
      err.println(letter.id() + ": cannot be replayed, its value was too large to copy");
      return;
    }
    count(letter, tally);
    if (!dryRun) {
      topic.replay(letter, CommandUser.name(environment), reason);
      LockSupport.parkNanos(1_000_000_000L / rate);
    }
  }

  private static void count(Letter letter, Tally tally) {
    tally.letters++;
    switch (letter.forecast()) {
      case Verdict.Reject _ -> tally.failAgain++;
      case Verdict.Skip _ -> tally.skipped++;
      case Verdict.Deliver(RoutedEvent event) -> {
        for (Delivery delivery : event.deliveries()) {
          switch (delivery) {
            case Delivery.Personal personal -> tally.users.add(personal.userId());
            case Delivery.State _ -> tally.products++;
            case Delivery.Feed _ -> {}
          }
        }
      }
    }
  }

  private String sentence(Tally tally) {
    StringBuilder text = new StringBuilder();
    text.append(tally.letters)
        .append(dryRun ? " letters would be replayed, reaches " : " letters replayed, reaches ")
        .append(tally.users.size())
        .append(tally.users.size() == 1 ? " user" : " users");
    if (dryRun) {
      text.append(", ").append(online(tally));
    }
    if (tally.products > 0) {
      text.append("; ").append(tally.products).append(" go to everyone subscribed to a product");
    }
    if (tally.failAgain > 0) {
      text.append("; ").append(tally.failAgain).append(" would fail again as they are");
    }
    if (tally.skipped > 0) {
      text.append("; ").append(tally.skipped).append(" would be skipped");
    }
    if (tally.stubs > 0) {
      text.append("; ").append(tally.stubs).append(" have no value to replay");
    }
    return text.toString();
  }

  private String online(Tally tally) {
    if (tally.users.isEmpty()) {
      return "0 online";
    }
    try {
      return remote.node(environment).online(tally.users).size() + " online";
    } catch (RemoteFailedException e) {
      return "online unknown: " + e.getMessage();
    }
  }

  private Map<String, Object> summary(Tally tally) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("dryRun", dryRun);
    members.put("letters", tally.letters);
    members.put("users", tally.users.size());
    if (dryRun) {
      try {
        members.put("online", remote.node(environment).online(tally.users).size());
      } catch (RemoteFailedException e) {
        members.put("onlineUnknown", String.valueOf(e.getMessage()));
      }
    }
    members.put("products", tally.products);
    members.put("failAgain", tally.failAgain);
    members.put("skipped", tally.skipped);
    members.put("withoutValue", tally.stubs);
    return members;
  }
}
