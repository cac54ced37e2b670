package io.realtime.socketio.server.engine;

/** Learns what the heartbeat of one connection proves. Called on its home loop. */
public interface BeatReceiver {

  /** The client was asked behind all that has been sent to it, and nothing waits. */
  void onAsked();

  /** The client has answered: it lives, and has all that stood before the last {@link #onAsked}. */
  void onAlive();
}
