package io.realtime.notify.app.cli;

/** What a command ends with. */
public final class ExitCode {
  public static final int OK = 0;

  /** It was understood and did not work out. */
  public static final int FAILED = 1;

  /** It was not understood. */
  public static final int USAGE = 2;

  /** A setting is missing or wrong: EX_CONFIG of sysexits.h. */
  public static final int CONFIG = 78;

  private ExitCode() {}
}
