package io.realtime.notify.app.config;

import java.util.List;

/** The configuration cannot be used; says everything that is wrong with it at once. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public ConfigException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** One line each: {@code NAME: value (expected: ...)}; no secrets. */
  public List<String> problems() {
    return problems;
  }
}
