package io.realtime.notify.app.cli;

import io.realtime.notify.app.config.ConfigException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns a failure into what its reader needs: the lines that say what to do, and the exit code. */
public final class Failures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    PrintWriter err = command.getErr();
    if (failure instanceof ConfigException config) {
      return settings(config, err);
    }
    err.println(line(failure));
    return ExitCode.FAILED;
  }

  private static int settings(ConfigException config, PrintWriter err) {
    int count = config.problems().size();
    err.println(count == 1 ? "A setting is wrong:" : count + " settings are wrong:");
    config.problems().forEach(problem -> err.println("  " + problem));
    err.println(
        "Nothing was started. All settings: docs/OPERATIONS.md and: realtime config explain");
    return ExitCode.CONFIG;
  }

  /** The first line of the first message on the way to the cause. */
  static String line(Throwable failure) {
    Throwable cause = failure;
    while (cause.getMessage() == null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? "Failed: " + cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("Failed");
  }
}
