package io.realtime.verification.harness;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** {@code realtime serve} as a process of its own, with the tests' class path. */
public final class Service implements AutoCloseable {
  private static final String MAIN = "io.realtime.notify.app.cli.Main";

  private final Map<String, String> settings;
  private final Path log;
  private final int port;
  private final Rest rest;
  private volatile Process process;

  private Service(Map<String, String> settings, Path log, int port) {
    this.settings = Map.copyOf(settings);
    this.process = launch(settings, log);
    this.log = log;
    this.port = port;
    this.rest = new Rest(url());
  }

  /**
   * Starts it in development mode with everything of its own beneath {@code folder}.
   *
   * @param more settings, by their names
   */
  public static Service development(
      Path folder, Kafka kafka, String group, Map<String, String> more) {
    Map<String, String> settings = new LinkedHashMap<>(more);
    settings.put("NODE_ENV", "development");
    settings.put("KAFKA_BROKER", kafka.bootstrap());
    settings.put("KAFKA_CONSUMER_GROUP", group);
    return start(folder, settings);
  }

  /** Starts and returns when it takes traffic. */
  public static Service start(Path folder, Map<String, String> environment) {
    int port = quietPort();
    Map<String, String> settings = new LinkedHashMap<>(environment);
    settings.put("REALTIME_PORT", Integer.toString(port));
    settings.put("REALTIME_HOST", "127.0.0.1");
    settings.put("DATA_DIR", folder.resolve("data").toString());
    Path log = folder.resolve("service.txt");
    Service service = new Service(settings, log, port);
    service.awaitTraffic();
    return service;
  }

  /** Starts it again, after {@link #stop}, with the same settings, port and data. */
  public void startAgain() {
    process = launch(settings, log);
    awaitTraffic();
  }

  /** Starts it again and does not wait for it. */
  public void launchAgain() {
    process = launch(settings, log);
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM; its exit status, or nothing when it had to be killed after {@code limit}. */
  public OptionalInt terminate(Duration limit) {
    process.destroy();
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return OptionalInt.of(process.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
    return OptionalInt.empty();
  }

  private void awaitTraffic() {
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(200))
          .until(this::takesTraffic);
    } catch (RuntimeException e) {
      stop();
      throw new AssertionError("the service did not start:\n" + log(), e);
    }
  }

  /** Runs {@code serve} with these settings until it ends by itself; its output. */
  public static Ended runToEnd(Path folder, Map<String, String> environment) {
    Path log = folder.resolve("service.txt");
    Process process = launch(environment, log);
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("serve did not end by itself:\n" + read(log));
      }
      return new Ended(process.exitValue(), read(log));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** How a process ended. */
  public record Ended(int exitCode, String output) {}

  private static Process launch(Map<String, String> environment, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-Dlogback.configurationFile=logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            MAIN,
            "serve"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(KAFKA|REALTIME|JWT|NODE_ENV|AUTH).*"));
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it says that all is well, which takes a moment to find out. */
  public boolean takesTraffic() {
    if (!process.isAlive()) {
      throw new IllegalStateException("it has ended with " + process.exitValue());
    }
    try {
      JsonNode ready = Json.read(rest.raw(rest.request("/health/ready")).body());
      return ready.path("status").asString("").equals("ok");
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  public String url() {
    return "http://localhost:" + port;
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  public Rest rest() {
    return rest;
  }

  /** {@code status} of {@code /health/ready}. */
  public String readiness() {
    return rest.get("/health/ready").get("status").asString();
  }

  /** What it has written so far. */
  public String log() {
    return read(log);
  }

  private static String read(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A free port below those of outgoing connections. */
  static int quietPort() {
    while (true) {
      int candidate = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket probe = new ServerSocket()) {
        probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), candidate));
        return candidate;
      } catch (IOException e) {
        // Taken; the next one.
      }
    }
  }

  /** SIGTERM, and SIGKILL when it takes too long. */
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
