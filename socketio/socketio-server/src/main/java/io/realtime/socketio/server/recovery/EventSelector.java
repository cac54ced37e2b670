package io.realtime.socketio.server.recovery;

import java.util.List;

/** Says which events of a log are wanted, asked once for each, in order. */
@FunctionalInterface
public interface EventSelector {

  /**
   * Whether one is.
   *
   * @param number its place in the log
   * @param rooms whom it was sent to; empty for everyone
   * @param except rooms whose members were left out
   * @param bytes of its packet
   */
  boolean wants(long number, List<String> rooms, List<String> except, int bytes);
}
