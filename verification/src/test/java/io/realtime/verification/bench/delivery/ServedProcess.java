package io.realtime.verification.bench.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code realtime serve} with the launcher's flags, and what /proc says of it. One thread. */
final class ServedProcess implements AutoCloseable {
  private static final double TICK_MICROS = 10_000;
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;

  private ServedProcess(Process process) {
    this.process = process;
  }

  /** Returns when it takes traffic. */
  static ServedProcess start(
      Path folder, int port, List<String> java, Map<String, String> settings) {
    List<String> command = new ArrayList<>(java);
    command.addAll(
        List.of(
            "-Dlogback.configurationFile=logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            "io.realtime.notify.app.cli.Main",
            "serve"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("service.txt").toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(KAFKA|REALTIME|JWT|NODE_ENV|AUTH|INBOX).*"));
    builder.environment().putAll(settings);
    builder.environment().put("REALTIME_PORT", Integer.toString(port));
    builder.environment().put("DATA_DIR", folder.resolve("data").toString());
    try {
      ServedProcess served = new ServedProcess(builder.start());
      served.awaitReady(port, folder);
      return served;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void awaitReady(int port, Path folder) {
    HttpRequest ready =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")).build();
    long deadline = System.nanoTime() + START.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (process.isAlive() && System.nanoTime() < deadline) {
        try {
          if (http.send(ready, BodyHandlers.ofString()).body().contains("\"status\":\"ok\"")) {
            return;
          }
        } catch (IOException notYet) {
          // it does not listen yet
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          break;
        }
        LockSupport.parkNanos(100_000_000);
      }
    }
    close();
    throw new IllegalStateException("the service did not start, see " + folder);
  }

  long pid() {
    return process.pid();
  }

  /** User and system time so far, in microseconds. */
  double cpuMicros() {
    return cpuMicros(process.pid());
  }

  static double cpuMicros(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MICROS;
    } catch (IOException failure) {
      throw new UncheckedIOException("process " + pid + " is gone", failure);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(25, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
