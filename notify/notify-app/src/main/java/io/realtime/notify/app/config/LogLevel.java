package io.realtime.notify.app.config;

import java.util.Locale;
import java.util.Optional;

/** How much is logged. Accepts Nest's names and Java's. */
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR;

  /** The names that are accepted, for messages. */
  static final String NAMES =
      "log, verbose, debug, warn, error, fatal (Nest) or trace, debug, info, warn, error (Java)";

  /** The level of that name, in any case. */
  static Optional<LogLevel> named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "trace", "verbose", "all", "finest" -> Optional.of(TRACE);
      case "debug", "fine" -> Optional.of(DEBUG);
      case "log", "info" -> Optional.of(INFO);
      case "warn", "warning" -> Optional.of(WARN);
      case "error", "fatal", "severe" -> Optional.of(ERROR);
      default -> Optional.empty();
    };
  }
}
