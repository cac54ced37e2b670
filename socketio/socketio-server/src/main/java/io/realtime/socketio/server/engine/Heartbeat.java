package io.realtime.socketio.server.engine;

/**
 * When a client must have shown that it lives, and when our part of the heartbeat is to be written.
 * Pure: instants come in as nanoseconds of the loop's clock.
 */
interface Heartbeat {

  /** When {@link #check} must be called next. */
  long deadline();

  /** Looks at the clock: false when the client did not show in time that it lives. */
  boolean check(long nowNanos);

  /** Our part should be written as soon as the transport can take it. */
  boolean isDue();

  /** Whether our part may be written before it is due, to ask for proof of a mark. */
  boolean mayAsk();

  /** Our part went to the transport. */
  void onWritten(long nowNanos);

  /** The client's part came; false when nobody asked for it. */
  boolean onBeat(long nowNanos);
}
