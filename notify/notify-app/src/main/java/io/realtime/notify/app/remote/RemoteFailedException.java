package io.realtime.notify.app.remote;

/** The service could not be asked or said no; the message says which, for a person. */
public final class RemoteFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RemoteFailedException(String message) {
    super(message);
  }

  RemoteFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
