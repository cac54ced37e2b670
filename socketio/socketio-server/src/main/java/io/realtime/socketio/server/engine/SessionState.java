package io.realtime.socketio.server.engine;

/** Where a session is in its life; it only goes forward. */
enum SessionState {
  /** From the handshake on. */
  OPEN,
  /** Closed by either side, while a polling client has yet to fetch what waits and the close. */
  LINGERING,
  /** Unknown to clients from here on. */
  CLOSED
}
