package io.realtime.socketio.server.transport;

/**
 * What happens on a WebSocket. Called on its home loop: {@code onOpen} first, {@code onClose} once
 * and last.
 */
public interface WebSocketEvents {

  void onOpen(WebSocketChannel channel);

  void onText(String text);

  /** The array belongs to the receiver. */
  void onBinary(byte[] bytes);

  void onPong(byte[] payload);

  /** The channel is writable again. */
  void onWritable();

  /**
   * The peer or the network ended it, or {@code close} has completed. {@code code} is 1006 without
   * a close frame.
   */
  void onClose(int code);
}
