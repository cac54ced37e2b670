package io.realtime.notify.core.sockets;

import io.realtime.notify.core.identity.JwtAuthenticator;
import io.realtime.notify.core.identity.Principal;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection by a plain transport close when its token has ended: the client comes back by
 * itself and hears {@code TOKEN_EXPIRED}. One pending task per connection with an ending token.
 */
final class TokenExpiry {
  /** Longer delays are cut: a connection of a year is looked at again then. */
  private static final Duration MAX_DELAY = Duration.ofDays(365);

  private final ScheduledExecutorService timer;
  private final InstantSource clock;

  TokenExpiry(ScheduledExecutorService timer, InstantSource clock) {
    this.timer = timer;
    this.clock = clock;
  }

  void watch(Socket socket, Principal principal) {
    principal.expiresAt().ifPresent(end -> watch(socket, end.plus(JwtAuthenticator.LEEWAY)));
  }

  private void watch(Socket socket, Instant end) {
    Duration left = Duration.between(clock.instant(), end);
    Duration delay = left.compareTo(MAX_DELAY) < 0 ? left : MAX_DELAY;
    ScheduledFuture<?> task =
        timer.schedule(
            () -> socket.closeTransport(DisconnectReason.FORCED_CLOSE),
            Math.max(0, delay.toMillis()),
            TimeUnit.MILLISECONDS);
    socket.onDisconnect(reason -> task.cancel(false));
  }
}
