package io.realtime.verification.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that runs one class of this package on this class path. It answers each line with one line,
 * and ends when its standard input does, at the latest with this JVM. One thread at a time.
 */
final class ChildJvm implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String ENDED = "(ended)";

  private final String name;
  private final Process process;
  private final BufferedWriter input;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  /** Returns when the class has said {@code ready ...}; {@link #hello} is the rest of that line. */
  ChildJvm(Class<?> main, List<String> jvmOptions, String... arguments) {
    name = main.getSimpleName();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlogback.configurationFile=logback-conformance.xml",
            "-cp",
            System.getProperty("java.class.path")));
    command.addAll(jvmOptions);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    input = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofPlatform().daemon().name(name).start(this::read);
    hello = answer("start").substring("ready".length()).strip();
  }

  private final String hello;

  String hello() {
    return hello;
  }

  /** Hands in a command; {@link #answer} gives its answer. */
  void tell(String command) {
    try {
      input.write(command);
      input.newLine();
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": " + command, e);
    }
  }

  String ask(String command) {
    tell(command);
    return answer(command);
  }

  String answer(String command) {
    try {
      String answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (answer == null || answer.equals(ENDED) || answer.startsWith("failed")) {
        throw new AssertionError(name + ": " + command + ": " + answer);
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(name + ": interrupted", e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        answers.add(line);
      }
    } catch (IOException e) {
      // it has ended, which is said below
    }
    answers.add(ENDED);
  }

  /** As {@code kill -9}; returns when it is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    try {
      input.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (IOException e) {
      kill();
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }
}
