package io.realtime.verification.chaos.breaks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A run that ends with a verdict, and has a folder for its logs that goes when all was well. */
final class Judged {
  private Judged() {}

  /** Does it; false when something was not as promised. */
  @FunctionalInterface
  interface Run {
    boolean judge(Path home) throws IOException;
  }

  /**
   * The exit status: 0, 1, or 2 when one cannot tell.
   *
   * @param parent of the folder
   * @param name with which the folder's begins
   */
  static int run(Path parent, String name, Run run) throws IOException {
    Path home = Files.createTempDirectory(Files.createDirectories(parent), name + "-");
    try {
      if (run.judge(home)) {
        say("Everybody had everything, in order.");
        delete(home);
        return 0;
      }
      say("Logs: " + home);
      return 1;
    } catch (IOException | RuntimeException | AssertionError failure) {
      failure.printStackTrace();
      say("It cannot be told; logs: " + home);
      return 2;
    }
  }

  static void say(String line) {
    System.out.println(line);
  }

  /** What is left of it harms nobody. */
  private static void delete(Path folder) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> found = Files.walk(folder)) {
      found.forEach(all::add);
    }
    for (Path each : all.reversed()) {
      Files.delete(each);
    }
  }
}
