package io.realtime.verification.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code realtime COMMAND} as a process of its own, with the tests' class path. */
public final class Cli {
  private static final String MAIN = "io.realtime.notify.app.cli.Main";

  private Cli() {}

  /** Starts a command in an empty environment of ours. */
  public static Command start(Path folder, Map<String, String> environment, String... arguments) {
    return Command.start(folder, environment, words(arguments).toArray(String[]::new));
  }

  /** The same where no file can grow, as on a full disk: what it says goes through a pipe. */
  public static Command startOnFullDisk(
      Path folder, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 0; exec \"$@\"", "sh"));
    command.addAll(words(arguments));
    return Command.start(folder, environment, command.toArray(String[]::new));
  }

  private static List<String> words(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.configurationFile=logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            MAIN));
    command.addAll(List.of(arguments));
    return command;
  }
}
