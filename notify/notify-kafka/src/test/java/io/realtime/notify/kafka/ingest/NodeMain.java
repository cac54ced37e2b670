package io.realtime.notify.kafka.ingest;

import io.realtime.notify.kafka.client.GroupProtocol;
import io.realtime.notify.kafka.client.KafkaSettings;
import io.realtime.notify.kafka.testing.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A node in a process of its own, to be killed. Arguments: brokers, group, node, topics, how. */
final class NodeMain {
  private NodeMain() {}

  public static void main(String[] args) throws InterruptedException {
    KafkaSettings settings =
        settings(args[0], args[1], args[2], args[3], GroupProtocol.valueOf(args[4]));
    try (Node node = Node.ready(settings, new MemoryStore())) {
      System.out.println("READY " + node.health().detail());
      // Until it is killed, or forgotten.
      var _ = new CountDownLatch(1).await(2, TimeUnit.MINUTES);
    }
  }

  static KafkaSettings settings(
      String brokers, String group, String node, String topics, GroupProtocol protocol) {
    return KafkaSettings.of(brokers, group, node, Pattern.compile(topics))
        .withLimits(Node.quick(Duration.ofSeconds(6)))
        .withGroupProtocol(protocol);
  }

  /** Started, and reading. */
  static Process start(String... args) throws Exception {
    var command =
        new java.util.ArrayList<>(
            java.util.List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                NodeMain.class.getName()));
    command.addAll(java.util.List.of(args));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new java.io.File("/dev/null"))
            .start();
    var lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("READY")) {
        Thread.ofVirtual()
            .start(
                () -> {
                  try (lines) {
                    var _ = lines.transferTo(java.io.Writer.nullWriter());
                  } catch (java.io.IOException e) {
                    // It was killed.
                  }
                });
        return process;
      }
    }
    throw new AssertionError("the node ended by itself");
  }
}
