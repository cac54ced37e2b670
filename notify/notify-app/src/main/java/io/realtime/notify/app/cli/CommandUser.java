package io.realtime.notify.app.cli;

import java.util.Map;

/** Who runs a command, for the record; as true as the environment is. */
final class CommandUser {
  private CommandUser() {}

  static String name(Map<String, String> environment) {
    String user = environment.getOrDefault("USER", System.getProperty("user.name", ""));
    return user.isBlank() ? "unknown" : user;
  }
}
