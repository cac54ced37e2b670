package io.realtime.socketio.server.engine;

/** Learns which of its write marks a client is proven to have received. */
@FunctionalInterface
public interface MarkReceiver {

  /** On the home loop; {@code mark} rises from call to call. */
  void onProven(long mark);
}
