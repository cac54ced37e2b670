package io.realtime.notify.app.service;

import static java.util.Objects.requireNonNull;

import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.SessionKeeper;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The server is built with the keeper of its sessions, which is built with the server's namespace:
 * this breaks the circle. Bound once, before the server listens.
 */
final class LateSessions implements SessionKeeper {
  private volatile @Nullable SessionKeeper keeper;

  void bind(SessionKeeper bound) {
    keeper = bound;
  }

  @Override
  public CompletionStage<Arrival> arrive(Handshake handshake, Optional<Claim> claim) {
    return requireNonNull(keeper).arrive(handshake, claim);
  }

  @Override
  public void abandoned(Arrival arrival) {
    requireNonNull(keeper).abandoned(arrival);
  }
}
