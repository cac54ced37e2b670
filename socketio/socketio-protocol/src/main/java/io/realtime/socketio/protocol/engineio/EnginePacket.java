package io.realtime.socketio.protocol.engineio;

/** One Engine.IO packet. Who may send which is decided by the session, not here. */
public sealed interface EnginePacket {

  /** {@code 0}: the server's handshake, as JSON text. */
  record Open(String json) implements EnginePacket {}

  /** {@code 1}: the sender closes the session. */
  record Close() implements EnginePacket {}

  /**
   * {@code 2}: heartbeat question (server in revision 4, client in revision 3); "probe" during an
   * upgrade.
   */
  record Ping(String data) implements EnginePacket {}

  /** {@code 3}: heartbeat answer. */
  record Pong(String data) implements EnginePacket {}

  /** {@code 4} with text. */
  record Text(String data) implements EnginePacket {}

  /** {@code 4} with bytes. The array belongs to the packet and is never written to. */
  record Binary(byte[] data) implements EnginePacket {}

  /** {@code 5}: the client has probed the new transport and switches to it. */
  record Upgrade() implements EnginePacket {}

  /** {@code 6}: answers a pending poll with nothing. */
  record Noop() implements EnginePacket {}
}
