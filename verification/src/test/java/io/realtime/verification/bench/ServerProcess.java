package io.realtime.verification.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A contender that runs, and what /proc says of it. Obeys the commands of {@link
 * io.realtime.verification.bench.server.Commands}. One thread.
 */
final class ServerProcess implements AutoCloseable {
  /** One tick of utime and stime; the kernel's USER_HZ is 100 on every architecture. */
  private static final double TICK_MICROS = 10_000;

  private static final Duration STOP = Duration.ofSeconds(5);

  /** Resident memory that has kept to within so many bytes for so long has settled. */
  private static final long SAME = 512 * 1024;

  private static final Duration SETTLED = Duration.ofSeconds(1);

  /** HotSpot gives back what its compilers have used every five seconds (its ChunkPoolCleaner). */
  private static final Duration GIVEN_BACK = Duration.ofMillis(5_500);

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_SETTLING = Duration.ofSeconds(6);

  private final Contender contender;
  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;
  private final int port;
  private final String transport;
  private long collectedAt = System.nanoTime();

  private ServerProcess(Contender contender, Process process) {
    this.contender = contender;
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.US_ASCII);
    this.answers = process.inputReader(StandardCharsets.US_ASCII);
    String[] ready = answer("ready").split(" ", -1);
    this.port = Integer.parseInt(ready[0]);
    this.transport = ready[1];
  }

  static ServerProcess start(Contender contender, List<String> command) {
    try {
      return new ServerProcess(
          contender,
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException failure) {
      throw new UncheckedIOException(contender.wireName() + " does not start", failure);
    }
  }

  Contender contender() {
    return contender;
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return port;
  }

  /** The kind of event loop that it got. */
  String transport() {
    return transport;
  }

  void broadcast(long stamp) {
    command("broadcast " + stamp);
  }

  void direct(int from, int to, long stamp) {
    command("direct " + from + " " + to + " " + stamp);
  }

  /** Bytes of live heap, which has just been collected. */
  long collectGarbage() {
    command("gc");
    long live = Long.parseLong(answer("live"));
    collectedAt = System.nanoTime();
    return live;
  }

  /** User and system time so far, in microseconds. */
  double cpuMicros() {
    String stat = proc("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MICROS;
  }

  /**
   * Once it no longer changes, some seconds after garbage was collected: a JVM gives back what that
   * has freed a while after it, and its compilers give back theirs.
   */
  long residentBytes() {
    long earliest = collectedAt + GIVEN_BACK.toNanos();
    long end = Math.max(System.nanoTime(), earliest) + LONGEST_SETTLING.toNanos();
    long settled = resident();
    long since = System.nanoTime();
    while (System.nanoTime() < Math.min(end, Math.max(earliest, since + SETTLED.toNanos()))) {
      LockSupport.parkNanos(PAUSE.toNanos());
      long now = resident();
      if (Math.abs(now - settled) > SAME) {
        settled = now;
        since = System.nanoTime();
      }
    }
    return settled;
  }

  private long resident() {
    return proc("status")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException gone) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void command(String line) {
    try {
      commands.write(line + "\n");
      commands.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException(contender.wireName() + " is gone", failure);
    }
  }

  private String answer(String word) {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(word + " ")) {
          return line.substring(word.length() + 1);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    throw new IllegalStateException(contender.wireName() + " ended (expected: " + word + ")");
  }

  private String proc(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    } catch (IOException failure) {
      throw new UncheckedIOException(contender.wireName() + " is gone", failure);
    }
  }
}
