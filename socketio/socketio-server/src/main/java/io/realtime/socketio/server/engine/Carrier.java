package io.realtime.socketio.server.engine;

/** Takes an outlet's packets to the client: by WebSocket, or by polling responses. */
interface Carrier {

  /** Whether a packet may be {@link #write written} at once. */
  boolean writable();

  /** Whether a packet would leave at the end of this turn. */
  boolean takesVolatile();

  /** Only when {@link #writable}. */
  void write(WirePacket packet);

  /**
   * Takes what it can from the outbox, then a ping behind it if one is wanted, and sends it all.
   */
  void flush(Outlet outlet);
}
