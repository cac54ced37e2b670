package io.realtime.socketio.server.http;

/** A body that is being sent. Every call is made on the exchange's loop. */
public interface HttpStream {

  /** Queues and flushes {@code bytes}, which are never written to again. */
  void write(byte[] bytes);

  /**
   * False while the peer is slower than we are; {@code whenWritable} then runs once it has caught
   * up.
   */
  boolean writable(Runnable whenWritable);

  /** Ends the body and, because its length was unknown, the connection. */
  void end();
}
