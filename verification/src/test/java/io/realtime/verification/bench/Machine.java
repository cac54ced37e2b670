package io.realtime.verification.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine of a run, for figures mean nothing without it.
 *
 * @param kernel its release
 * @param java the runtime of ours, the floor and netty-socketio
 */
public record Machine(int cores, String model, long memoryBytes, String kernel, String java) {

  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        field("/proc/cpuinfo", "model name"),
        Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) * 1024,
        System.getProperty("os.version"),
        System.getProperty("java.vendor") + " " + Runtime.version());
  }

  private static String field(String file, String name) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("0");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public String toString() {
    return cores
        + " cores of "
        + model
        + ", "
        + (memoryBytes >> 30)
        + " GiB, Linux "
        + kernel
        + ", "
        + java;
  }
}
