package io.realtime.verification.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** A program that a user would run, with its output as it comes, freed from terminal colours. */
public final class Command implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration START_PATIENCE = Duration.ofSeconds(90);
  private static final String TERMINAL_CODES = "\u001b\\[[0-9;?]*[A-Za-z]|[\r\u2800-\u28ff]";

  private static final int MAX_SHOWN = 120;

  private final String what;
  private final Process process;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<String> lines = new ArrayList<>();

  private Command(String what, Process process) {
    this.what = what;
    this.process = process;
  }

  /** Starts {@code command}, with {@code environment} added to ours. */
  public static Command start(Path folder, Map<String, String> environment, String... command) {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command)).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Command started = new Command(shown(command), builder.start());
      Thread.ofPlatform().daemon().name("output").start(started::read);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shown(String... command) {
    String all = String.join(" ", command);
    return all.length() <= MAX_SHOWN ? all : all.substring(0, MAX_SHOWN) + "...";
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lock.lock();
        try {
          lines.add(line.replaceAll(TERMINAL_CODES, ""));
          changed.signalAll();
        } finally {
          lock.unlock();
        }
      }
    } catch (IOException e) {
      // It has been ended.
    }
  }

  /** Everything it has said so far. */
  public List<String> lines() {
    lock.lock();
    try {
      return List.copyOf(lines);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a line that is as {@code expected}. */
  public String awaitLine(String description, Predicate<String> expected) {
    return awaitLines(description, 1, expected).getFirst();
  }

  /** Waits for a line as long as a start of everything may take on a busy machine. */
  public String awaitStart(String description, Predicate<String> expected) {
    return awaitLines(START_PATIENCE, description, 1, expected).getFirst();
  }

  /** Waits for that many lines that are as {@code expected}. */
  public List<String> awaitLines(String description, int count, Predicate<String> expected) {
    return awaitLines(PATIENCE, description, count, expected);
  }

  private List<String> awaitLines(
      Duration patience, String description, int count, Predicate<String> expected) {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (lines.stream().filter(expected).count() < count) {
        if (left <= 0) {
          throw new AssertionError(
              what + ": waited in vain for " + description + " in\n" + String.join("\n", lines));
        }
        left = changed.awaitNanos(left);
      }
      return lines.stream().filter(expected).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  /** Types a line. */
  public void type(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Programs that it has started and that still run. */
  public List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /** Ctrl-C. */
  public void interrupt() {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Waits for it to end by itself; its exit code. */
  public int awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(what + " did not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
