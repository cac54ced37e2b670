package io.realtime.notify.app.cli;

import io.realtime.notify.kafka.replay.DeadLetters;
import io.realtime.notify.kafka.replay.LetterFilter;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows all of one letter. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Show headers, key and value of a letter, and what a replay would come to.",
      "Ends with 1 when there is no such letter."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  realtime dlq show order.created:0:17",
      "  realtime dlq show 'rest:5vYyFQmUQkC3Z0m5b1nS7A#2' --json"
    })
final class DlqShowCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  @Mixin private final KafkaOption kafka = new KafkaOption();

  @Parameters(
      paramLabel = "LETTER",
      description = "As ls names it; without #N all letters of the event.")
  private String id = "";

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  DlqShowCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (DeadLetters topic = new DeadLetters(kafka.settings(environment), InstantSource.system())) {
      int shown =
          topic.read(
              LetterFilter.any().withIds(Set.of(id)),
              found -> {
                if (json) {
                  out.println(LetterText.json(found, true));
                } else {
                  LetterText.page(out, found);
                }
                return true;
              });
      out.flush();
      if (shown == 0) {
        spec.commandLine().getErr().println("There is no letter " + id);
        return ExitCode.FAILED;
      }
      return ExitCode.OK;
    }
  }
}
