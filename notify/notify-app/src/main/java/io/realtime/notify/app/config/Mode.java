package io.realtime.notify.app.config;

/** Whether insecure defaults are convenient or fatal. */
public enum Mode {
  /** An insecure setting is an error at start. */
  PRODUCTION("production"),
  /** Everything works without a setting, loudly insecure, on the loopback address. */
  DEVELOPMENT("development");

  private final String text;

  Mode(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
