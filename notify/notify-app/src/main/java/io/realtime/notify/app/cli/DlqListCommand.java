package io.realtime.notify.app.cli;

import io.realtime.notify.kafka.replay.DeadLetters;
import io.realtime.notify.kafka.replay.DeadLetters.Found;
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
import picocli.CommandLine.Spec;

/** Lists dead letters. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    description = "List dead letters that nobody has decided on; with --all the others too.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  realtime dlq ls --brokers localhost:9092",
      "  realtime dlq ls --stage VALIDATE --topic order.created --since 2h",
      "  realtime dlq ls --all --json | wc -l"
    })
final class DlqListCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  @Mixin private final KafkaOption kafka = new KafkaOption();
  @Mixin private final LetterOption letters = new LetterOption();

  @Option(names = "--all", description = "Replayed and discarded ones too.")
  private boolean all;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "So many at most; 1000 when not given.")
  private int limit = 1_000;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  DlqListCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    LetterFilter filter =
        letters
            .filter(List.of())
            .withStates(
                all
                    ? EnumSet.allOf(LetterState.class)
                    : EnumSet.of(LetterState.OPEN, LetterState.PARKED));
    PrintWriter out = spec.commandLine().getOut();
    try (DeadLetters topic = new DeadLetters(kafka.settings(environment), InstantSource.system())) {
      if (!json) {
        LetterText.heading(out);
      }
      int[] shown = {0};
      topic.read(filter, found -> show(out, found) && ++shown[0] < limit);
      out.flush();
      if (!json) {
        spec.commandLine().getErr().println(shown[0] + " letters");
      }
    }
    return ExitCode.OK;
  }

  private boolean show(PrintWriter out, Found found) {
    if (json) {
      out.println(LetterText.json(found, false));
    } else {
      LetterText.line(out, found);
    }
    return true;
  }
}
