package io.realtime.notify.app.cli;

import io.realtime.notify.app.logging.Logging;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code realtime COMMAND}. */
@Command(
    name = "realtime",
    mixinStandardHelpOptions = true,
    version = "realtime-service 0.1.0",
    description = "Real-time notifications for e-commerce: Kafka in, Socket.IO out.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it worked",
      "1:it did not; the last line says why",
      "2:the command line was not understood",
      "78:a setting is missing or wrong; all of them are listed"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  realtime demo                          broker, service and simulated shop in one",
      "  KAFKA_BROKER=kafka:9092 JWT_SECRET=... realtime serve",
      "  realtime config explain --env-file .env.production",
      "  realtime send notification userId=user-1 message=Hello",
      "  realtime tail --user user-1",
      "  realtime dlq ls"
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  Main() {
    this.spec = CommandSpec.create();
  }

  /** Ends the JVM unless a service is left running. */
  public static void main(String[] args) {
    int status = commandLine(System.getenv()).execute(args);
    Logging.end();
    System.exit(status);
  }

  static CommandLine commandLine(Map<String, String> environment) {
    return polite(
        new CommandLine(new Main())
            .addSubcommand(new ServeCommand(environment))
            .addSubcommand(new DemoCommand())
            .addSubcommand(new TokenCommand(environment))
            .addSubcommand(new SendCommand(environment))
            .addSubcommand(new TailCommand(environment))
            .addSubcommand(
                new CommandLine(new DlqCommand())
                    .addSubcommand(new DlqListCommand(environment))
                    .addSubcommand(new DlqShowCommand(environment))
                    .addSubcommand(new DlqReplayCommand(environment))
                    .addSubcommand(new DlqDiscardCommand(environment)))
            .addSubcommand(
                new CommandLine(new ConfigCommand())
                    .addSubcommand(new ConfigExplainCommand(environment))));
  }

  /** Mistakes are answered with one line and where to read on, failures without a stack trace. */
  public static CommandLine polite(CommandLine commandLine) {
    return commandLine
        .setExecutionExceptionHandler(new Failures())
        .setParameterExceptionHandler(
            (mistake, args) -> {
              CommandLine command = mistake.getCommandLine();
              PrintWriter err = command.getErr();
              err.println(mistake.getMessage());
              CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
              err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
              return ExitCode.USAGE;
            });
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }
}
