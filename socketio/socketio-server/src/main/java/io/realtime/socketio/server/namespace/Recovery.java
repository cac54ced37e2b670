package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.SessionKeeper.Claim;
import io.realtime.socketio.server.loop.HomeLoop;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How the sockets of one namespace are continued. Any thread. */
interface Recovery {

  /** Every connection is a new beginning. */
  Recovery OFF = (home, handshake) -> CompletableFuture.completedStage(Continuity.NONE);

  /**
   * As what a client connects; a socket that it takes up has ended then. Called on its home loop;
   * completes on any thread.
   */
  CompletionStage<? extends Continuity> arrive(HomeLoop home, Handshake handshake);

  /** Whether someone who is recovered is let in without being asked who he is. */
  default boolean skipsMiddlewares() {
    return false;
  }

  /** The log of the namespace's events, if they are logged here. */
  default Optional<NamespaceLog> log() {
    return Optional.empty();
  }

  /** What a client names of its past, when it names all of it. */
  static Optional<Claim> claimOf(Handshake handshake) {
    return handshake
        .authText("pid")
        .flatMap(pid -> handshake.authText("offset").map(offset -> new Claim(pid, offset)));
  }
}
