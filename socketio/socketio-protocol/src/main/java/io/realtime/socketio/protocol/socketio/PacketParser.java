package io.realtime.socketio.protocol.socketio;

/**
 * How Socket.IO packets are written and read: the port for other formats, which both ends of a
 * connection must agree on. Stateless; any thread.
 */
public interface PacketParser {

  /** Names the format: no two that are in use together may have the same name. */
  String name();

  /**
   * The packet as Engine.IO messages. A broadcast's is encoded once for all its recipients.
   *
   * @throws IllegalArgumentException for what has no form here: a fault of the caller
   */
  EncodedPacket encode(SocketPacket packet);

  /** Reads the packets of one new connection, within {@code limits}. */
  PacketReader reader(DecodeLimits limits);

  /**
   * Whether {@code text} may be a CONNECT. Of a connection that has been admitted nowhere nothing
   * else is read, so a cheap look is enough, and saying yes to everything is allowed.
   */
  default boolean mayConnect(String text) {
    return true;
  }

  /** As {@link #mayConnect(String)}, for a binary message. */
  default boolean mayConnect(byte[] bytes) {
    return true;
  }
}
