package io.realtime.socketio.server.transport;

/**
 * An open WebSocket, as the core writes to it. Every call is made on its home loop; after {@code
 * onClose} calls do nothing.
 */
public interface WebSocketChannel {

  /** Queues a message; nothing is sent before {@link #flush}. */
  void write(Frame frame);

  /**
   * Queues a ping with at most 125 bytes of payload (RFC 6455, 5.5.2), behind the messages queued
   * before it.
   */
  void ping(byte[] payload);

  void flush();

  /**
   * False while more than the high-water mark of bytes waits in the channel; {@code onWritable}
   * says when that ends.
   */
  boolean writable();

  /** Bytes that were written and have not yet left to the kernel. */
  long pendingBytes();

  /**
   * Sends a close frame behind what is queued, then ends the connection when answered or after 5 s.
   */
  void close(int code, String reason);

  /**
   * Sends an empty close frame (the peer sees 1005) behind what is queued, then ends the connection
   * likewise.
   */
  void close();

  /** Ends the TCP connection at once. */
  void abort();
}
