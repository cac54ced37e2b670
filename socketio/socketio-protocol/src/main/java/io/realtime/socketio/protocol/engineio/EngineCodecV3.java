package io.realtime.socketio.protocol.engineio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Engine.IO revision 3 (Socket.IO 2.x clients) on the wire. It differs from revision 4 in that
 * bytes keep their type (0x04 before the bytes, {@code b4} before base64), and in its two payload
 * formats: text, {@code <length>:<packet>…} with the length in UTF-16 code units, and binary,
 * {@code <0|1><length's digits as bytes 0 to 9>0xff<packet>…} with the length in bytes. Pure
 * functions; any thread.
 */
public final class EngineCodecV3 {
  private static final byte BINARY_MESSAGE = 4;
  private static final byte TEXT_PART = 0;
  private static final byte BINARY_PART = 1;
  private static final byte END_OF_LENGTH = (byte) 0xff;

  /** Enough for the length of any array. */
  private static final int MAX_LENGTH_DIGITS = 10;

  private EngineCodecV3() {}

  /** The packet in UTF-8 as a text frame or an element of a text payload holds it. */
  public static byte[] encodeText(EnginePacket packet) {
    return packet instanceof EnginePacket.Binary binary
        ? encodeBase64(binary.data())
        : EngineCodecV4.encodeText(packet);
  }

  /** A binary message where only text can go. */
  public static byte[] encodeBase64(byte[] message) {
    return TextPackets.encodeBase64("b4", message);
  }

  /** A binary message as a binary frame or an element of a binary payload holds it. */
  public static byte[] encodeBinary(byte[] message) {
    byte[] frame = new byte[message.length + 1];
    frame[0] = BINARY_MESSAGE;
    System.arraycopy(message, 0, frame, 1, message.length);
    return frame;
  }

  /** One text frame. */
  public static EnginePacket decodeText(String packet) {
    return decode(packet, 0, packet.length());
  }

  /** One binary frame: its first byte is the type, and only a message may be binary. */
  public static EnginePacket.Binary decodeBinary(byte[] frame) {
    return decodeBinary(frame, 0, frame.length);
  }

  /** A text payload; malformed as a whole when one packet is, or past {@code maxPackets}. */
  public static List<EnginePacket> decodePayload(String body, int maxPackets) {
    if (body.isEmpty()) {
      throw new MalformedPacketException("payload: empty (expected: <length>:<packet>)");
    }
    List<EnginePacket> packets = new ArrayList<>(4);
    int at = 0;
    while (at < body.length()) {
      int colon = body.indexOf(':', at);
      if (colon < 0 || colon == at || colon - at > MAX_LENGTH_DIGITS) {
        throw malformedLength();
      }
      long length = 0;
      for (int i = at; i < colon; i++) {
        length = length * 10 + digit(body.charAt(i) - '0');
      }
      long end = colon + 1 + length;
      if (end > body.length()) {
        throw malformedLength();
      }
      at = (int) end;
      // "0:" is how an empty payload is written
      if (length > 0) {
        if (packets.size() == maxPackets) {
          throw TextPackets.tooManyPackets(maxPackets);
        }
        packets.add(decode(body, colon + 1, at));
      }
    }
    return packets;
  }

  /** As {@link #decodePayload(String, int)}, from a text body that must be valid UTF-8. */
  public static List<EnginePacket> decodePayload(byte[] body, int maxPackets) {
    return decodePayload(TextPackets.decodeUtf8(body, 0, body.length), maxPackets);
  }

  /** A payload of the content type {@code application/octet-stream}. */
  public static List<EnginePacket> decodeBinaryPayload(byte[] body, int maxPackets) {
    List<EnginePacket> packets = new ArrayList<>(4);
    int at = 0;
    while (at < body.length) {
      if (packets.size() == maxPackets) {
        throw TextPackets.tooManyPackets(maxPackets);
      }
      byte kind = body[at++];
      int digits = at;
      long length = 0;
      while (at < body.length && body[at] != END_OF_LENGTH && at - digits < MAX_LENGTH_DIGITS) {
        length = length * 10 + digit(body[at++]);
      }
      if (at == digits || at >= body.length || body[at] != END_OF_LENGTH) {
        throw malformedLength();
      }
      long end = ++at + length;
      if (end > body.length) {
        throw malformedLength();
      }
      packets.add(decodePart(kind, body, at, (int) end));
      at = (int) end;
    }
    return packets;
  }

  /** A text payload of packets that are already encoded as text. */
  public static byte[] joinPayload(List<byte[]> packets) {
    if (packets.isEmpty()) {
      return new byte[] {'0', ':'};
    }
    int size = 0;
    int[] lengths = new int[packets.size()];
    for (int i = 0; i < lengths.length; i++) {
      byte[] packet = packets.get(i);
      lengths[i] = utf16Length(packet);
      size = Math.addExact(size, Math.addExact(packet.length, decimalDigits(lengths[i]) + 1));
    }
    byte[] body = new byte[size];
    int at = 0;
    for (int i = 0; i < lengths.length; i++) {
      at = writeDigits(body, at, lengths[i], (byte) '0');
      body[at++] = ':';
      byte[] packet = packets.get(i);
      System.arraycopy(packet, 0, body, at, packet.length);
      at += packet.length;
    }
    return body;
  }

  /** A payload of the content type {@code application/octet-stream}. */
  public static byte[] encodeBinaryPayload(List<EnginePacket> packets) {
    List<byte[]> parts = new ArrayList<>(packets.size());
    for (EnginePacket packet : packets) {
      parts.add(
          packet instanceof EnginePacket.Binary binary
              ? encodeBinary(binary.data())
              : EngineCodecV4.encodeText(packet));
    }
    return joinBinaryPayload(parts);
  }

  /**
   * A payload of the content type {@code application/octet-stream}, of packets that are already
   * encoded as the frames of a WebSocket: their first byte tells text from binary.
   */
  public static byte[] joinBinaryPayload(List<byte[]> packets) {
    int size = 0;
    for (byte[] packet : packets) {
      size = Math.addExact(size, Math.addExact(packet.length, decimalDigits(packet.length) + 2));
    }
    byte[] body = new byte[size];
    int at = 0;
    for (byte[] packet : packets) {
      body[at++] = packet[0] == BINARY_MESSAGE ? BINARY_PART : TEXT_PART;
      at = writeDigits(body, at, packet.length, (byte) 0);
      body[at++] = END_OF_LENGTH;
      System.arraycopy(packet, 0, body, at, packet.length);
      at += packet.length;
    }
    return body;
  }

  private static EnginePacket decode(String text, int from, int to) {
    if (from < to && text.charAt(from) == PacketType.BASE64) {
      if (from + 1 >= to || text.charAt(from + 1) != PacketType.MESSAGE) {
        throw binaryNotMessage();
      }
      return new EnginePacket.Binary(TextPackets.decodeBase64(text, from + 2, to));
    }
    return TextPackets.decode(text, from, to);
  }

  private static EnginePacket decodePart(byte kind, byte[] body, int from, int to) {
    return switch (kind) {
      case TEXT_PART -> decodeText(TextPackets.decodeUtf8(body, from, to));
      case BINARY_PART -> decodeBinary(body, from, to);
      default -> throw new MalformedPacketException("payload: unknown kind (expected: 0 or 1)");
    };
  }

  private static EnginePacket.Binary decodeBinary(byte[] frame, int from, int to) {
    if (from >= to || frame[from] != BINARY_MESSAGE) {
      throw binaryNotMessage();
    }
    return new EnginePacket.Binary(Arrays.copyOfRange(frame, from + 1, to));
  }

  private static int digit(int value) {
    if (value < 0 || value > 9) {
      throw malformedLength();
    }
    return value;
  }

  private static int decimalDigits(int value) {
    int digits = 1;
    for (int rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private static int writeDigits(byte[] target, int at, int value, byte zero) {
    int end = at + decimalDigits(value);
    int rest = value;
    for (int i = end - 1; i >= at; i--) {
      target[i] = (byte) (zero + rest % 10);
      rest /= 10;
    }
    return end;
  }

  /** JavaScript's length of a text, from its valid UTF-8. */
  private static int utf16Length(byte[] utf8) {
    int length = 0;
    for (byte b : utf8) {
      if ((b & 0xc0) != 0x80) {
        length += (b & 0xf8) == 0xf0 ? 2 : 1;
      }
    }
    return length;
  }

  private static MalformedPacketException malformedLength() {
    return new MalformedPacketException("payload: malformed length");
  }

  private static MalformedPacketException binaryNotMessage() {
    return new MalformedPacketException("binary packet: not a message (expected: type 4)");
  }
}
