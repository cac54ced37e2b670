package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.ConnectionStateRecovery;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.SessionKeeper;
import io.realtime.socketio.server.api.SessionKeeper.Arrival;
import io.realtime.socketio.server.api.SessionKeeper.Missed;
import io.realtime.socketio.server.loop.HomeLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Recovery that the application decides about, for one namespace. Any thread. */
final class KeptRecovery implements Recovery {
  private final ConnectionStateRecovery.Kept settings;
  private final NodeSockets sockets;

  KeptRecovery(ConnectionStateRecovery.Kept settings, NodeSockets sockets) {
    this.settings = settings;
    this.sockets = sockets;
  }

  @Override
  public boolean skipsMiddlewares() {
    return settings.skipMiddlewares();
  }

  @Override
  public CompletionStage<Continuity> arrive(HomeLoop home, Handshake handshake) {
    return settings
        .keeper()
        .arrive(handshake, Recovery.claimOf(handshake))
        .thenCompose(
            arrival ->
                switch (arrival) {
                  case Arrival.New fresh ->
                      CompletableFuture.completedStage(new Named(settings.keeper(), fresh));
                  case Arrival.Returned returned ->
                      ended(returned.socketId())
                          .thenApply(gone -> new Kept(settings.keeper(), returned));
                });
  }

  private CompletionStage<Void> ended(String socketId) {
    NamespaceSocket live = sockets.byId(socketId);
    return live == null ? CompletableFuture.completedStage(null) : live.takeOver();
  }

  /** Someone new, who may have a name to come back by. */
  private record Named(SessionKeeper keeper, Arrival.New fresh) implements Continuity {

    @Override
    public Optional<String> pid() {
      return fresh.pid();
    }

    @Override
    public Optional<String> socketId() {
      return fresh.socketId();
    }

    @Override
    public Optional<Past> past() {
      return Optional.empty();
    }

    @Override
    public void begin(String socketId, ConcurrentMap<String, Object> data) {
      data.putAll(fresh.data());
    }

    @Override
    public void onEnd(boolean admitted, DisconnectReason reason) {
      if (!admitted) {
        keeper.abandoned(fresh);
      }
    }
  }

  /** A session that goes on. */
  private record Kept(SessionKeeper keeper, Arrival.Returned returned) implements Continuity {

    @Override
    public Optional<String> pid() {
      return Optional.of(returned.pid());
    }

    @Override
    public Optional<Past> past() {
      return Optional.of(
          new Past(
              returned.socketId(),
              List.copyOf(returned.rooms()),
              new ConcurrentHashMap<>(returned.data())));
    }

    @Override
    public boolean recovered() {
      return true;
    }

    @Override
    public List<Owed> onAdmitted() {
      List<Owed> owed = new ArrayList<>(returned.missed().size());
      for (Missed missed : returned.missed()) {
        owed.add(new Owed.Kept(missed.message(), missed.mark()));
      }
      return owed;
    }

    @Override
    public void onEnd(boolean admitted, DisconnectReason reason) {
      if (!admitted) {
        keeper.abandoned(returned);
      }
    }
  }
}
