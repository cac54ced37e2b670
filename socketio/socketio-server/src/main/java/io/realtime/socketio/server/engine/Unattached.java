package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.DisconnectReason;

/** Stands in for the layer above before a session is open. */
final class Unattached implements SessionReceiver {
  static final SessionReceiver RECEIVER = new Unattached();

  private Unattached() {}

  @Override
  public void onOpen() {}

  @Override
  public void onText(String text) {}

  @Override
  public void onBinary(byte[] bytes) {}

  @Override
  public void onClose(DisconnectReason reason) {}
}
