package io.realtime.demo.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the command line of {@link BrokerMain} says.
 *
 * @param port the client listener on 127.0.0.1
 * @param dataDir where the log lives; formatted when it is new
 * @param partitions of a topic that is created by its first write
 * @param overrides broker settings by their Kafka names; they win over ours
 */
record BrokerOptions(int port, Path dataDir, int partitions, Map<String, String> overrides) {

  static final String USAGE =
      "usage: BrokerMain --port PORT --data-dir DIR [--partitions N] [--set name=value]...";

  /**
   * @throws IllegalArgumentException with one line for the user
   */
  static BrokerOptions parse(String... args) {
    int port = 9092;
    int partitions = 3;
    Path dataDir = Path.of("data", "kafka");
    Map<String, String> overrides = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value; " + USAGE);
      }
      String value = args[i + 1];
      switch (args[i]) {
        case "--port" -> port = number(args[i], value, 65_535);
        case "--partitions" -> partitions = number(args[i], value, 1_000);
        case "--data-dir" -> dataDir = Path.of(value);
        case "--set" -> {
          int equals = value.indexOf('=');
          if (equals < 1) {
            throw new IllegalArgumentException("--set needs name=value, not " + value);
          }
          overrides.put(value.substring(0, equals), value.substring(equals + 1));
        }
        default -> throw new IllegalArgumentException("unknown option " + args[i] + "; " + USAGE);
      }
    }
    return new BrokerOptions(port, dataDir, partitions, Map.copyOf(overrides));
  }

  private static int number(String option, String text, int max) {
    try {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(option + " must be 1 to " + max + ", not " + text);
  }
}
