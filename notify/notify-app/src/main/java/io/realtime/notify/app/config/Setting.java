package io.realtime.notify.app.config;

import java.util.List;

/**
 * One setting: its environment variable and what it means. The table in {@code docs/OPERATIONS.md}
 * has one line for each, checked by a test.
 *
 * @param name the environment variable
 * @param aliases other names it is known by; the main name wins within one source
 * @param defaultText what holds when it is not set, as a reader sees it
 * @param secret whether its value is masked wherever it is shown
 */
public record Setting(
    String name, List<String> aliases, String defaultText, String meaning, boolean secret) {

  static Setting of(String name, String defaultText, String meaning) {
    return new Setting(name, List.of(), defaultText, meaning, false);
  }

  static Setting secret(String name, String meaning) {
    return new Setting(name, List.of(), "none", meaning, true);
  }

  Setting alias(String alias) {
    return new Setting(name, List.of(alias), defaultText, meaning, secret);
  }
}
