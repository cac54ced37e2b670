package io.realtime.socketio.protocol.engineio;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What the text forms of both revisions have in common. */
final class TextPackets {
  private static final char REPLACEMENT = '\uFFFD';

  private TextPackets() {}

  /** A type and its text, in UTF-8. */
  static byte[] encode(char type, String data) {
    if (data.isEmpty()) {
      return new byte[] {(byte) type};
    }
    byte[] text = data.getBytes(StandardCharsets.UTF_8);
    byte[] encoded = new byte[text.length + 1];
    encoded[0] = (byte) type;
    System.arraycopy(text, 0, encoded, 1, text.length);
    return encoded;
  }

  /** {@code prefix}, then the standard base64 of {@code data}, padded. */
  static byte[] encodeBase64(String prefix, byte[] data) {
    byte[] base64 = Base64.getEncoder().encode(data);
    byte[] encoded = new byte[prefix.length() + base64.length];
    for (int i = 0; i < prefix.length(); i++) {
      encoded[i] = (byte) prefix.charAt(i);
    }
    System.arraycopy(base64, 0, encoded, prefix.length(), base64.length);
    return encoded;
  }

  /**
   * Standard base64; padding may be missing, and there may be line feeds, which the stock Java
   * client writes. Node skips any foreign character, we do not.
   */
  static byte[] decodeBase64(String text, int from, int to) {
    String base64 = text.substring(from, to);
    if (base64.indexOf('\n') >= 0) {
      base64 = base64.replace("\n", "");
    }
    try {
      // a character past U+00FF becomes '?', which is not in the alphabet either
      return Base64.getDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new MalformedPacketException("base64: not in the standard alphabet or cut short");
    }
  }

  /** The packet in {@code text[from, to)} when it is not the base64 form. */
  static EnginePacket decode(String text, int from, int to) {
    if (from >= to) {
      throw new MalformedPacketException("packet: empty (expected: a type 0 to 6)");
    }
    return switch (text.charAt(from)) {
      case PacketType.OPEN -> new EnginePacket.Open(text.substring(from + 1, to));
      case PacketType.CLOSE -> new EnginePacket.Close();
      case PacketType.PING -> new EnginePacket.Ping(text.substring(from + 1, to));
      case PacketType.PONG -> new EnginePacket.Pong(text.substring(from + 1, to));
      case PacketType.MESSAGE -> new EnginePacket.Text(text.substring(from + 1, to));
      case PacketType.UPGRADE -> new EnginePacket.Upgrade();
      case PacketType.NOOP -> new EnginePacket.Noop();
      default -> throw new MalformedPacketException("packet type: unknown (expected: 0 to 6)");
    };
  }

  /** Text that must be valid UTF-8. */
  static String decodeUtf8(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    // the JDK's fast path replaces what it cannot decode; only then is the strict way worth its
    // price, to tell a sent U+FFFD from a replaced byte
    if (text.indexOf(REPLACEMENT) >= 0) {
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes, from, to - from))
            .toString();
      } catch (CharacterCodingException e) {
        throw new MalformedPacketException("payload: not valid UTF-8");
      }
    }
    return text;
  }

  static MalformedPacketException tooManyPackets(int maxPackets) {
    return new MalformedPacketException("payload: more than " + maxPackets + " packets");
  }
}
