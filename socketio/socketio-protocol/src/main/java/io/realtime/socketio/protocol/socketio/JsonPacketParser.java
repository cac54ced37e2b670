package io.realtime.socketio.protocol.socketio;

/** The format of every stock client: JSON text, with byte arrays as binary messages behind it. */
public final class JsonPacketParser implements PacketParser {
  /** What the text of a CONNECT begins with. */
  private static final String CONNECT = "0";

  @Override
  public String name() {
    return "json";
  }

  @Override
  public EncodedPacket encode(SocketPacket packet) {
    return SocketPacketEncoder.encode(packet);
  }

  @Override
  public PacketReader reader(DecodeLimits limits) {
    return new SocketPacketDecoder(limits);
  }

  @Override
  public boolean mayConnect(String text) {
    return text.startsWith(CONNECT);
  }

  @Override
  public boolean mayConnect(byte[] bytes) {
    return false;
  }
}
