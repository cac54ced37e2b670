package io.realtime.demo.shop;

/** The demo cannot go on; the message is one line for the user. */
final class DemoFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoFailedException(String message) {
    super(message, null, false, false);
  }
}
