package io.realtime.notify.app.config;

import java.util.List;
import java.util.Optional;

/**
 * What came out of reading the settings.
 *
 * @param config absent when there are problems
 * @param effective every setting with its value as it may be shown
 */
public record LoadedConfig(
    Optional<Config> config,
    List<String> problems,
    List<String> warnings,
    List<Effective> effective) {

  /**
   * One setting as it holds.
   *
   * @param shown the value, masked when it is a secret
   * @param origin {@code default}, {@code environment}, or {@code file:line}
   */
  public record Effective(String name, String shown, String origin) {}

  /** The configuration, or everything that is wrong with it. */
  public Config orThrow() {
    return config.orElseThrow(() -> new ConfigException(problems));
  }
}
