package io.realtime.notify.app.config;

import java.nio.charset.StandardCharsets;

/** A text that never shows itself: {@code toString} is a mask. */
public final class Secret {
  /** What is printed in place of a secret. */
  public static final String MASK = "********";

  private final String text;

  public Secret(String text) {
    this.text = text;
  }

  /** The text itself; never log or print it. */
  public String reveal() {
    return text;
  }

  public byte[] utf8() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return MASK;
  }
}
