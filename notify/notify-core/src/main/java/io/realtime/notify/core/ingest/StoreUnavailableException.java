package io.realtime.notify.core.ingest;

/**
 * The store cannot be written to now. Never an attempt at a record, never a reason to dead-letter
 * it.
 */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
