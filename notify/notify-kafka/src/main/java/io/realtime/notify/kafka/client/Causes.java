package io.realtime.notify.kafka.client;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a failure really is. */
public final class Causes {
  private Causes() {}

  /** What went wrong, without the wrapping of futures. */
  public static Throwable of(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** One line for a person: the exception's own name and what it says. */
  public static String text(Throwable failure) {
    Throwable cause = of(failure);
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null ? name : name + ": " + message.lines().findFirst().orElse("");
  }
}
