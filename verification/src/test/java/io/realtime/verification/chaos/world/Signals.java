package io.realtime.verification.chaos.world;

import java.io.IOException;
import java.io.UncheckedIOException;

/** SIGSTOP and SIGCONT, which the JDK cannot send. */
public final class Signals {
  private Signals() {}

  /** Sends {@code STOP} or {@code CONT}; a process that is gone is none of its business. */
  public static void send(String signal, long pid) {
    if (pid <= 0) {
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
