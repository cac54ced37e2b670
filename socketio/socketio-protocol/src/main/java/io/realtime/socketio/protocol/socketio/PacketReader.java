package io.realtime.socketio.protocol.socketio;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;

/**
 * Reads the packets of one connection from its Engine.IO messages, and remembers a packet that has
 * not arrived whole. Used by one thread, the session's loop. After a {@link
 * MalformedPacketException} the connection is to be closed; the reader holds nothing then.
 */
public interface PacketReader {

  /**
   * The text of an Engine.IO message, without the Engine.IO type.
   *
   * @throws MalformedPacketException when no packet has this text here
   */
  DecodeResult accept(String text);

  /**
   * The bytes of an Engine.IO message; the array becomes the packet's.
   *
   * @throws MalformedPacketException when no packet has these bytes here
   */
  DecodeResult accept(byte[] bytes);

  /** Forgets a packet that has not arrived whole. */
  void reset();
}
