package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.loop.HomeLoop;
import java.time.Instant;

/**
 * One client's connection as the layer above writes to it: an Engine.IO session or a plain
 * WebSocket. {@link #home}, {@link #request}, {@link #issued} and {@link #transport} may be called
 * from any thread, everything else on the home loop only.
 */
public interface Connection {

  HomeLoop home();

  /** The request that opened it. */
  HttpRequest request();

  /** When it was opened. */
  Instant issued();

  TransportName transport();

  /** Revision of the Engine.IO protocol: 4 or 3; 0 for a plain WebSocket. Any thread. */
  int protocol();

  boolean isOpen();

  /**
   * Its sending side, one and the same for as long as it lasts; there is none before its channel is
   * open.
   */
  Outlet outlet();

  /** The receiver has joined its first namespace: for the count of those that have not. */
  void onFirstNamespace();

  /** Ends it by a plain close of the transport, behind what is queued. */
  void close(DisconnectReason reason);
}
