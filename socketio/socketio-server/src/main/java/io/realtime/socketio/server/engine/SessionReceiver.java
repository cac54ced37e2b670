package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.TransportName;

/** What a session tells the layer above it. Called on the home loop, never nested in itself. */
public interface SessionReceiver {

  /** The session is open and can be written to; first call. */
  void onOpen();

  /** A text message, without its Engine.IO type. */
  void onText(String text);

  /** A binary message; the array belongs to the receiver. */
  void onBinary(byte[] bytes);

  /** The session has gone over to another transport. */
  default void onUpgrade(TransportName to) {}

  /** The session ended; last call. Writing does nothing from here on. */
  void onClose(DisconnectReason reason);
}
