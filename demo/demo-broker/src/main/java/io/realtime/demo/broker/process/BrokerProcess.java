package io.realtime.demo.broker.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker in a JVM of its own: Scala, log4j and its threads stay out of ours, and {@link
 * #kill} is a real fault. The child ends when this JVM does, however that happens, because it
 * watches its standard input.
 *
 * <p>Safe to call from any thread; one call at a time.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final String MAIN = "io.realtime.demo.broker.BrokerMain";

  /** How long an orderly stop may take before the child is killed. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

  private final Builder options;
  private final int port;
  private @Nullable Process process;

  private BrokerProcess(Builder options) {
    this.options = options;
    this.port = options.port == 0 ? quietPort() : options.port;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Where clients connect: {@code 127.0.0.1:port}. */
  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** The child's process id; -1 when it does not run. */
  public synchronized long pid() {
    return process != null && process.isAlive() ? process.pid() : -1;
  }

  /**
   * Starts the child and returns when it serves clients. Does nothing when it runs already.
   *
   * @throws BrokerFailedException when the port is taken, the child ended or the time was up
   */
  public synchronized BrokerProcess start() {
    if (process != null && process.isAlive()) {
      return this;
    }
    Process child = launch();
    process = child;
    OutputTail output = new OutputTail(child, options.logFile());
    String word;
    try {
      word = output.firstWord().get(options.startTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw failed("did not start within " + options.startTimeout.toSeconds() + " s", output);
    } catch (ExecutionException e) {
      throw failed(String.valueOf(e.getCause()), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted while it started", output);
    }
    if (word.startsWith("FAILED ")) {
      kill();
      throw new BrokerFailedException("kafka broker: " + word.substring("FAILED ".length()));
    }
    if (word.isEmpty()) {
      throw failed("ended while it started", output);
    }
    return this;
  }

  /** SIGKILL, as a crash would; returns when the child is gone. Its data stays. */
  public synchronized void kill() {
    Process child = process;
    if (child != null) {
      child.destroyForcibly();
      awaitEnd(child, STOP_TIMEOUT);
      process = null;
    }
  }

  /** Ends the child if it runs, in order, and starts it on the same port and data. */
  public synchronized BrokerProcess restart() {
    close();
    return start();
  }

  /** Stops the child in order; kills it when that takes too long. It may be started again. */
  @Override
  public synchronized void close() {
    Process child = process;
    if (child == null) {
      return;
    }
    try {
      child.getOutputStream().close();
    } catch (IOException e) {
      // The pipe is gone: so is the child, or it is about to be.
    }
    if (!awaitEnd(child, STOP_TIMEOUT)) {
      child.destroyForcibly();
      awaitEnd(child, STOP_TIMEOUT);
    }
    process = null;
  }

  private Process launch() {
    List<String> command = new ArrayList<>();
    command.add(options.java.toString());
    command.add("-Xmx" + options.heapMegabytes + "m");
    command.add("-Xms64m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:-UsePerfData");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dlogback.configurationFile=broker-logback.xml");
    command.add("-Dlog4j2.StatusLogger.level=OFF");
    command.add("-cp");
    command.add(options.classPath);
    command.add(MAIN);
    command.addAll(List.of("--port", Integer.toString(port)));
    command.addAll(List.of("--data-dir", options.dataDir.toString()));
    command.addAll(List.of("--partitions", Integer.toString(options.partitions)));
    for (String setting : options.settings) {
      command.addAll(List.of("--set", setting));
    }
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new BrokerFailedException("kafka broker: cannot run " + options.java, e);
    }
  }

  private BrokerFailedException failed(String what, OutputTail output) {
    kill();
    String said = output.text();
    return new BrokerFailedException(
        "kafka broker " + what + (said.isEmpty() ? "" : System.lineSeparator() + said));
  }

  private static boolean awaitEnd(Process child, Duration timeout) {
    try {
      return child.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      child.destroyForcibly();
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * A free port below the range that systems hand out to outgoing connections, so that it is still
   * free when a killed broker comes back to it.
   */
  private static int quietPort() {
    for (int attempt = 0; attempt < 100; attempt++) {
      int candidate = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket probe = new ServerSocket()) {
        probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), candidate));
        return candidate;
      } catch (IOException e) {
        // Taken; the next one.
      }
    }
    throw new BrokerFailedException("kafka broker: no free port between 15000 and 32000");
  }

  /** What to start. Not thread-safe. */
  public static final class Builder {
    private Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    private String classPath = System.getProperty("java.class.path");
    private Path dataDir = Path.of("data", "kafka");
    private @Nullable Path logFile;
    private int port;
    private int partitions = 3;
    private int heapMegabytes = 192;
    private Duration startTimeout = Duration.ofSeconds(60);
    private final List<String> settings = new ArrayList<>();

    private Builder() {}

    /** The {@code java} program; by default the one that runs this. */
    public Builder java(Path program) {
      this.java = program;
      return this;
    }

    /** All jars of this folder, such as {@code dist/broker-lib}. */
    public Builder libFolder(Path folder) {
      return classPath(folder.toAbsolutePath().resolve("*").toString());
    }

    /** The child's class path; by default our own, which suits tests. */
    public Builder classPath(String path) {
      this.classPath = path;
      return this;
    }

    /** Where the broker keeps its log; formatted when new. */
    public Builder dataDir(Path directory) {
      this.dataDir = directory.toAbsolutePath();
      return this;
    }

    /** Where its output goes, at most about 1 MB; {@code broker.out} beside the data by default. */
    public Builder logFile(Path file) {
      this.logFile = file;
      return this;
    }

    /** The client port on 127.0.0.1; 0, the default, chooses one that stays the same. */
    public Builder port(int value) {
      this.port = value;
      return this;
    }

    /** Partitions of a topic that its first write creates. */
    public Builder partitions(int value) {
      this.partitions = value;
      return this;
    }

    public Builder heapMegabytes(int value) {
      this.heapMegabytes = value;
      return this;
    }

    public Builder startTimeout(Duration value) {
      this.startTimeout = value;
      return this;
    }

    /**
     * A broker setting by its Kafka name; {@code extra.listeners} adds one to the client listener,
     * such as {@code SASL://127.0.0.1:9093}.
     */
    public Builder setting(String name, String value) {
      settings.add(name + "=" + value);
      return this;
    }

    public BrokerProcess build() {
      return new BrokerProcess(this);
    }

    private Path logFile() {
      return logFile != null ? logFile : dataDir.resolveSibling("broker.out");
    }
  }
}
