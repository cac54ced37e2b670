package io.realtime.notify.sqlite;

/** The file cannot be used; the message names it and says what to do. */
public final class StoreFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreFileException(String message, Throwable cause) {
    super(message, cause);
  }

  StoreFileException(String message) {
    super(message);
  }
}
