package io.realtime.notify.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What concerns dead letters. */
@Command(
    name = "dlq",
    mixinStandardHelpOptions = true,
    description = "Look at dead letters, replay or discard them. Needs Kafka, not the service.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  realtime dlq ls",
      "  realtime dlq show order.created:0:17",
      "  realtime dlq replay --stage APPEND --dry-run",
      "  realtime dlq discard order.created:0:17 --reason 'test order'"
    })
final class DlqCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Which command? There are: ls, show, replay, discard");
  }
}
