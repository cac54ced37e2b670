package io.realtime.socketio.protocol.engineio;

import java.util.ArrayList;
import java.util.List;

/**
 * Engine.IO revision 4 on the wire: one packet a WebSocket frame; in polling, packets joined by
 * U+001E. A binary message is the bytes alone in a binary frame, and {@code b} with base64 (without
 * the {@code 4}) wherever only text can go. Pure functions; any thread.
 *
 * @see <a href="https://socket.io/docs/v4/engine-io-protocol/">Engine.IO protocol</a>
 */
public final class EngineCodecV4 {

  /** Between the packets of a polling payload. */
  public static final char SEPARATOR = '\u001e';

  private EngineCodecV4() {}

  /**
   * The packet in UTF-8 as a text frame or an element of a polling payload holds it; bytes as
   * base64.
   */
  public static byte[] encodeText(EnginePacket packet) {
    return switch (packet) {
      case EnginePacket.Open open -> TextPackets.encode(PacketType.OPEN, open.json());
      case EnginePacket.Close _ -> TextPackets.encode(PacketType.CLOSE, "");
      case EnginePacket.Ping ping -> TextPackets.encode(PacketType.PING, ping.data());
      case EnginePacket.Pong pong -> TextPackets.encode(PacketType.PONG, pong.data());
      case EnginePacket.Text text -> TextPackets.encode(PacketType.MESSAGE, text.data());
      case EnginePacket.Binary binary -> encodeBase64(binary.data());
      case EnginePacket.Upgrade _ -> TextPackets.encode(PacketType.UPGRADE, "");
      case EnginePacket.Noop _ -> TextPackets.encode(PacketType.NOOP, "");
    };
  }

  /** A binary message where only text can go, such as a polling payload. */
  public static byte[] encodeBase64(byte[] message) {
    return TextPackets.encodeBase64("b", message);
  }

  /**
   * One text frame, or one element of a polling payload. Text after a close, upgrade or noop is
   * dropped, as upstream does.
   */
  public static EnginePacket decodeText(String packet) {
    return decode(packet, 0, packet.length());
  }

  /** One binary frame; the array becomes the packet's. */
  public static EnginePacket.Binary decodeBinary(byte[] frame) {
    return new EnginePacket.Binary(frame);
  }

  /**
   * The packets of a polling payload, in order: all of them, or none when one is malformed or there
   * are more than {@code maxPackets}.
   */
  public static List<EnginePacket> decodePayload(String body, int maxPackets) {
    List<EnginePacket> packets = new ArrayList<>(4);
    int from = 0;
    while (true) {
      if (packets.size() == maxPackets) {
        throw TextPackets.tooManyPackets(maxPackets);
      }
      int separator = body.indexOf(SEPARATOR, from);
      if (separator < 0) {
        packets.add(decode(body, from, body.length()));
        return packets;
      }
      packets.add(decode(body, from, separator));
      from = separator + 1;
    }
  }

  /** As {@link #decodePayload(String, int)}, from a body that must be valid UTF-8. */
  public static List<EnginePacket> decodePayload(byte[] body, int maxPackets) {
    return decodePayload(TextPackets.decodeUtf8(body, 0, body.length), maxPackets);
  }

  /** A polling payload of packets that are already encoded as text, in one copy. */
  public static byte[] joinPayload(List<byte[]> packets) {
    if (packets.size() == 1) {
      return packets.getFirst();
    }
    int size = Math.max(0, packets.size() - 1);
    for (byte[] packet : packets) {
      size = Math.addExact(size, packet.length);
    }
    byte[] body = new byte[size];
    int at = 0;
    for (byte[] packet : packets) {
      System.arraycopy(packet, 0, body, at, packet.length);
      at += packet.length;
      if (at < size) {
        body[at++] = SEPARATOR;
      }
    }
    return body;
  }

  private static EnginePacket decode(String text, int from, int to) {
    if (from < to && text.charAt(from) == PacketType.BASE64) {
      return new EnginePacket.Binary(TextPackets.decodeBase64(text, from + 1, to));
    }
    return TextPackets.decode(text, from, to);
  }
}
