package io.realtime.socketio.server.adapter;

/** Makes the adapter of each namespace when that is created. Any thread. */
@FunctionalInterface
public interface AdapterFactory {

  /** An adapter that has not been started. */
  Adapter create(LocalSockets local);
}
