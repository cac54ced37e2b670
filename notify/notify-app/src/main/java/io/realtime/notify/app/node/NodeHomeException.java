package io.realtime.notify.app.node;

/** The data directory cannot be used; the message says what to do. */
public final class NodeHomeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NodeHomeException(String message) {
    super(message, null, false, false);
  }
}
