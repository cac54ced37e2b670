package io.realtime.socketio.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sees every event that is sent to a socket, broadcasts too. Called on the home loop. */
@FunctionalInterface
public interface OutgoingListener {

  /**
   * @param arguments without the name
   */
  void onOutgoing(String event, List<@Nullable Object> arguments);
}
