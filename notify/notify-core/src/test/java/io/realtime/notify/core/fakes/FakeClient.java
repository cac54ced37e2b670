package io.realtime.notify.core.fakes;

import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.SessionKeeper.Arrival;
import io.realtime.socketio.server.api.SessionKeeper.Claim;
import java.util.Optional;

/** A client that waits for its CONNECT to be decided. Called on its home loop. */
public interface FakeClient {

  Handshake handshake();

  Optional<Claim> claim();

  /** Whether the server has not seen it go. Asked once, when it is decided. */
  boolean stands();

  /** What it has missed was sent; the greeting was not yet. */
  void connected(FakeSocket socket, Arrival arrival);
}
