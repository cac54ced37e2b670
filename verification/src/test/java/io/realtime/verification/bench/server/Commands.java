package io.realtime.verification.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The commands that drive a server, read from the standard input until it ends:
 *
 * <pre>
 * broadcast STAMP        one event to every client
 * direct FROM TO STAMP   one event to each of the users FROM to TO - 1, by one call for each
 * gc                     collects garbage and answers {@code live BYTES} of heap
 * </pre>
 *
 * Needs the JDK only: a peer with a class path of its own uses it too.
 */
public final class Commands {
  /** Brings the event to about 200 bytes of JSON. */
  private static final String TEXT =
      "Your order has left the warehouse and will be with you tomorrow before noon, by bicycle.";

  private Commands() {}

  /** What a server can be told to do; on the calling thread of {@link #serve}. */
  public interface Driven {
    void broadcast(long stamp);

    /** To the users {@code from} to {@code to - 1}, each of whom is known by its number. */
    void direct(int from, int to, long stamp);
  }

  /** The event's payload: each call makes a new one, as an application would. */
  public static Map<String, Object> payload(int user, long stamp) {
    return Map.of(
        "ts", stamp, "user", user, "kind", "order:updated", "status", "SHIPPED", "text", TEXT);
  }

  /** Prints {@code ready PORT BY} and obeys until the input ends; then ends the process. */
  public static void serve(int port, String by, Driven server) throws IOException {
    System.out.println("ready " + port + " " + by);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "broadcast" -> server.broadcast(Long.parseLong(words[1]));
        case "direct" ->
            server.direct(
                Integer.parseInt(words[1]), Integer.parseInt(words[2]), Long.parseLong(words[3]));
        case "gc" -> System.out.println("live " + liveBytes());
        default -> throw new IllegalArgumentException("command: " + line);
      }
    }
    Runtime.getRuntime().halt(0);
  }

  private static long liveBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
