package io.realtime.socketio.server.api;

/** Receives an event whose first argument has been read as {@code T}. */
@FunctionalInterface
public interface TypedListener<T> {

  void onEvent(T payload, ClientEvent event);
}
