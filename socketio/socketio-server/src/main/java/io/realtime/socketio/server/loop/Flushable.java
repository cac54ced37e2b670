package io.realtime.socketio.server.loop;

/** Has written during a turn of its loop and sends it at the end of that turn. */
@FunctionalInterface
public interface Flushable {

  /** On the loop, once for each {@link HomeLoop#flushLater}. */
  void flushTurn();
}
