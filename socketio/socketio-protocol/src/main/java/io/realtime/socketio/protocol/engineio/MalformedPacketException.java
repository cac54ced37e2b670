package io.realtime.socketio.protocol.engineio;

/**
 * The peer sent something that is no packet. Carries no payload and no stack trace: a peer can
 * cause any number of these.
 */
public final class MalformedPacketException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A sentence without any of the peer's bytes, fit for a log line. */
  public MalformedPacketException(String message) {
    super(message, null, false, false);
  }
}
