package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.DisconnectReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of application code on behalf of one socket: what they throw harms nobody else. */
final class Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private Guard() {}

  /** What {@code call} throws ends the connection. */
  static void call(NamespaceSocket socket, String what, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException failure) {
      onFailure(socket, what, failure);
    }
  }

  /** The connection ends behind the step that called the application, if one did. */
  static void onFailure(NamespaceSocket socket, String what, RuntimeException failure) {
    socket.namespace().tally().listenerFailed();
    LOG.error("{} failed; the connection of socket {} ends", what, socket.id(), failure);
    socket.closeTransport(DisconnectReason.LISTENER_FAILED);
  }

  /** At the end there is no connection left to close. */
  static void callAtEnd(NamespaceSocket socket, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException failure) {
      socket.namespace().tally().listenerFailed();
      LOG.error("a disconnect listener of socket {} failed", socket.id(), failure);
    }
  }
}
