package io.realtime.socketio.protocol.socketio;

import java.util.ArrayList;
import java.util.List;

/**
 * A packet as its sequence of Engine.IO messages, encoded once and shared by every recipient.
 *
 * @param parts in order; nothing may be sent between them
 */
public record EncodedPacket(List<Part> parts) {

  /**
   * One message. The array is never written to.
   *
   * @param bytes of a text: UTF-8 <em>with</em> the leading Engine.IO message type {@code 4}, so
   *     that it is a WebSocket text frame and an element of a polling payload as it stands; of
   *     binary: without any prefix
   */
  public record Part(boolean binary, byte[] bytes) {}

  /** A text message, then its attachments. */
  public static EncodedPacket of(byte[] text, List<byte[]> attachments) {
    Part first = new Part(false, text);
    if (attachments.isEmpty()) {
      return new EncodedPacket(List.of(first));
    }
    List<Part> parts = new ArrayList<>(1 + attachments.size());
    parts.add(first);
    for (byte[] attachment : attachments) {
      parts.add(new Part(true, attachment));
    }
    return new EncodedPacket(List.copyOf(parts));
  }

  /** One binary message. */
  public static EncodedPacket ofBytes(byte[] bytes) {
    return new EncodedPacket(List.of(new Part(true, bytes)));
  }

  /** The first message's bytes. */
  public byte[] text() {
    return parts.getFirst().bytes();
  }

  /** The bytes of the messages behind the first one. */
  public List<byte[]> attachments() {
    return parts.stream().skip(1).map(Part::bytes).toList();
  }

  /** Payload bytes of all parts. */
  public int size() {
    int size = 0;
    for (Part part : parts) {
      size += part.bytes().length;
    }
    return size;
  }
}
