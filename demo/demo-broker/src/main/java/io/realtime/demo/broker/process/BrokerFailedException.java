package io.realtime.demo.broker.process;

/** The broker did not start; the message is for the user and holds the last lines it said. */
public final class BrokerFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BrokerFailedException(String message) {
    super(message);
  }

  public BrokerFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
