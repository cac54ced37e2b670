package io.realtime.socketio.server.api;

/**
 * Receives an event of a client. What it throws ends that connection and is logged; the process
 * goes on.
 */
@FunctionalInterface
public interface EventListener {

  void onEvent(ClientEvent event);
}
