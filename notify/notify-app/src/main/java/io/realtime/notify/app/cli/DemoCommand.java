package io.realtime.notify.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Stands in the list of commands; the launcher runs the demo from a class path of its own. */
@Command(
    name = "demo",
    description = "Run broker, service and a simulated shop in one: for the first minute.")
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Unmatched private List<String> ignored = List.of();

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "The demo is not part of the service ("
            + ignored.size()
            + " arguments ignored): start it"
            + " with ./realtime demo");
  }
}
