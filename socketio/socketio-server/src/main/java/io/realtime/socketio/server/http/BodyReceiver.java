package io.realtime.socketio.server.http;

/**
 * Takes the body of one request, on the connection's loop. Exactly one of {@link #onBody} and
 * {@link #tooLarge} is called, or neither when the request has been answered before or its client
 * has gone.
 */
public interface BodyReceiver {

  /** The longest body that this request may have, in bytes; asked for only when it has one. */
  int maxBytes();

  /** The whole body, empty when there is none; never written to again. */
  void onBody(byte[] body);

  /** The answer to a body of more than {@link #maxBytes}; the connection ends behind it. */
  HttpReply tooLarge();
}
