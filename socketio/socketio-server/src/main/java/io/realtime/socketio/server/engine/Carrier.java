package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.transport.WebSocketChannel;
import org.jspecify.annotations.Nullable;

/** Takes an outlet's packets to the client: by WebSocket, or by polling responses. */
interface Carrier {

  /**
   * Where packets go at once while it is writable; absent where they wait until the client comes
   * for them. Always the same.
   */
  @Nullable WebSocketChannel channel();

  /** Whether a packet would leave at the end of this turn. */
  boolean takesVolatile();

  /** Only while the {@link #channel} is writable. */
  void write(WirePacket packet);

  /**
   * Takes what it can from the outbox, then a ping behind it if one is wanted, and sends it all.
   */
  void flush(Outlet outlet);
}
