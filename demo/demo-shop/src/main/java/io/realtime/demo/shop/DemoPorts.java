package io.realtime.demo.shop;

import io.realtime.notify.app.config.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The two ports that the demo listens on, both on the loopback address.
 *
 * @param service 0 takes any free one
 * @param kafka 0 takes any free one
 */
record DemoPorts(int service, int kafka) {
  static final int DEFAULT_SERVICE = 3009;
  static final int DEFAULT_KAFKA = 9092;

  static DemoPorts of(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    DemoPorts ports =
        new DemoPorts(
            port(environment, "REALTIME_PORT", DEFAULT_SERVICE, problems),
            port(environment, "DEMO_KAFKA_PORT", DEFAULT_KAFKA, problems));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    if (ports.service == ports.kafka && ports.service != 0) {
      throw new ConfigException(
          List.of(
              "DEMO_KAFKA_PORT: " + ports.kafka + " (expected: another one than REALTIME_PORT)"));
    }
    return ports;
  }

  /** Says in one line which port is taken and how to choose another. */
  DemoPorts requireFree() {
    requireFree("REALTIME_PORT", service);
    requireFree("DEMO_KAFKA_PORT", kafka);
    return this;
  }

  private static int port(
      Map<String, String> environment, String name, int fallback, List<String> problems) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return fallback;
    }
    if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
      return Integer.parseInt(text);
    }
    problems.add(name + ": \"" + text + "\" (expected: a port from 0 to 65535)");
    return fallback;
  }

  private static void requireFree(String name, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new DemoFailedException(
          "Port " + port + " is taken: choose another one with " + name + "=<port>");
    }
  }
}
