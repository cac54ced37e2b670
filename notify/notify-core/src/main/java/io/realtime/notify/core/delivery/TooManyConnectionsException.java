package io.realtime.notify.core.delivery;

/** The user has as many connections as one may have. Without a stack: clients cause it. */
public final class TooManyConnectionsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyConnectionsException() {
    super("too many connections of one user", null, false, false);
  }
}
