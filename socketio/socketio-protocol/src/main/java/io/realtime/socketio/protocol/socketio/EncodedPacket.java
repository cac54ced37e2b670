package io.realtime.socketio.protocol.socketio;

import java.util.List;

/**
 * A packet as its sequence of Engine.IO messages, encoded once and shared by every recipient: the
 * text message, then its attachments in order. The arrays are never written to.
 *
 * @param text UTF-8 <em>with</em> the leading Engine.IO message type {@code 4}, so that it is a
 *     WebSocket text frame and an element of a polling payload as it stands
 * @param attachments raw bytes, without any prefix
 */
public record EncodedPacket(byte[] text, List<byte[]> attachments) {

  /** Payload bytes of all parts. */
  public int size() {
    int size = text.length;
    for (byte[] attachment : attachments) {
      size += attachment.length;
    }
    return size;
  }
}
