package io.realtime.notify.app.cli;

import io.realtime.notify.kafka.replay.DeadLetters;
import io.realtime.notify.kafka.replay.LetterFilter;
import io.realtime.notify.kafka.replay.LetterState;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Decides that dead letters are never delivered. */
@Command(
    name = "discard",
    mixinStandardHelpOptions = true,
    description = {
      "Write down that letters are never to be delivered. They stay in their topic until its"
          + " retention ends.",
      "Ends with 1 when no letter is meant."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  realtime dlq discard order.created:0:17 --reason 'test order'",
      "  realtime dlq discard --code MALFORMED_JSON --until 7d --reason 'bug 123' --dry-run"
    })
final class DlqDiscardCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  @Mixin private final KafkaOption kafka = new KafkaOption();
  @Mixin private final LetterOption letters = new LetterOption();

  @Parameters(paramLabel = "LETTER", arity = "0..*", description = "As ls names them.")
  private List<String> ids = List.of();

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Kept with the decision.")
  private String reason = "";

  @Option(names = "--dry-run", description = "Only say which.")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  DlqDiscardCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    LetterFilter filter =
        letters.filter(ids).withStates(EnumSet.of(LetterState.OPEN, LetterState.PARKED));
    if (!filter.isSpecific()) {
      throw new ParameterException(
          spec.commandLine(), "Which letters? (expected: letters or a filter)");
    }
    PrintWriter out = spec.commandLine().getOut();
    int count;
    try (DeadLetters topic = new DeadLetters(kafka.settings(environment), InstantSource.system())) {
      count =
          topic.read(
              filter,
              found -> {
                if (!dryRun) {
                  topic.discard(found.letter(), CommandUser.name(environment), reason);
                }
                LetterText.line(out, found);
                return true;
              });
    }
    out.println(count + (dryRun ? " letters would be discarded" : " letters discarded"));
    out.flush();
    return count == 0 ? ExitCode.FAILED : ExitCode.OK;
  }
}
