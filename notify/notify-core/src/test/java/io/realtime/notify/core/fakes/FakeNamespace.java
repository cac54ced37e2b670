package io.realtime.notify.core.fakes;

import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.Middleware;
import io.realtime.socketio.server.api.Namespace;
import io.realtime.socketio.server.api.RemoteSocket;
import io.realtime.socketio.server.api.RoomListener;
import io.realtime.socketio.server.api.ServerSideEvent;
import io.realtime.socketio.server.api.SessionKeeper;
import io.realtime.socketio.server.api.SessionKeeper.Arrival;
import io.realtime.socketio.server.api.SessionKeeper.Claim;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.api.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A namespace whose sockets all live on one loop, or on a loop each. */
public final class FakeNamespace implements Namespace {
  private final FakeLoop loop = new FakeLoop();
  private final boolean loopEach;
  private final List<FakeSocket> sockets = new ArrayList<>();
  private final List<Middleware> middlewares = new ArrayList<>();
  private final List<Consumer<Socket>> onConnection = new ArrayList<>();
  private Optional<SessionKeeper> keeper = Optional.empty();
  private int made;
  private boolean losesWakeUps;

  /** All sockets on one loop. */
  public FakeNamespace() {
    this(false);
  }

  /**
   * @param loopEach whether every socket has a loop of its own
   */
  public FakeNamespace(boolean loopEach) {
    this.loopEach = loopEach;
  }

  public FakeLoop loop() {
    return loop;
  }

  /** A new client that is in {@code rooms}. */
  public FakeSocket connect(String... rooms) {
    FakeSocket socket = socket("socket-" + made++);
    socket.join(rooms);
    sockets.add(socket);
    return socket;
  }

  /**
   * A new client that says {@code handshake}, admitted and announced.
   *
   * @throws java.util.concurrent.CompletionException when it is refused
   */
  public FakeSocket connect(Handshake handshake) {
    FakeSocket socket = socket("socket-" + made++).with(handshake);
    enter(socket);
    return socket;
  }

  private void enter(FakeSocket socket) {
    middlewares.forEach(it -> it.admit(socket).toCompletableFuture().join());
    sockets.add(socket);
    onConnection.forEach(it -> it.accept(socket));
    loop.turn();
  }

  /** Clients that know recovery are decided about by {@code sessions}. */
  public void keptBy(SessionKeeper sessions) {
    keeper = Optional.of(sessions);
  }

  /**
   * A client that knows recovery and says {@code handshake}: what it has missed comes first.
   *
   * @throws java.util.concurrent.CompletionException when it is refused
   */
  public FakeSocket connect(Handshake handshake, Optional<Claim> claim) {
    CompletableFuture<Arrival> deciding =
        keeper.orElseThrow().arrive(handshake, claim).toCompletableFuture();
    loop.turn();
    FakeSocket socket = socket(deciding.join(), loopOfNext());
    enter(socket.with(handshake));
    return socket;
  }

  /**
   * A new client on a loop of its own, which is returned; what is decided about it comes when it
   * comes.
   */
  public FakeLoop connect(FakeClient client) {
    FakeLoop home = loopOfNext();
    home.execute(() -> decide(client, keeper.orElseThrow(), home));
    return home;
  }

  private void decide(FakeClient client, SessionKeeper sessions, FakeLoop home) {
    Handshake handshake = client.handshake();
    var _ =
        sessions
            .arrive(handshake, client.claim())
            .thenAcceptAsync(
                arrival -> {
                  if (!client.stands()) {
                    sessions.abandoned(arrival);
                    return;
                  }
                  FakeSocket socket = socket(arrival, home).with(handshake);
                  client.connected(socket, arrival);
                  enter(socket);
                },
                home);
  }

  private FakeSocket socket(Arrival arrival, FakeLoop home) {
    return switch (arrival) {
      case Arrival.New fresh -> {
        FakeSocket begun = new FakeSocket(fresh.socketId().orElse("socket-" + made++), this, home);
        begun.data().putAll(fresh.data());
        yield begun;
      }
      case Arrival.Returned returned -> {
        FakeSocket again = new FakeSocket(returned.socketId(), this, home).continued();
        again.data().putAll(returned.data());
        again.join(returned.rooms().toArray(String[]::new));
        returned.missed().forEach(it -> again.emit(it.message(), it.mark().orElse(0)));
        yield again;
      }
    };
  }

  private FakeSocket socket(String id) {
    return new FakeSocket(id, this, loopOfNext());
  }

  /** From now on tasks for sockets are dropped, or not. */
  public void loseWakeUps(boolean lose) {
    losesWakeUps = lose;
  }

  boolean hasLoopEach() {
    return loopEach;
  }

  private FakeLoop loopOfNext() {
    return loopEach ? new FakeLoop() : loop;
  }

  /** All connections break. */
  public void breakAll() {
    List.copyOf(sockets).forEach(FakeSocket::breakOff);
  }

  void remove(FakeSocket socket) {
    sockets.remove(socket);
  }

  @Override
  public Target everyone() {
    return new FakeTarget(Set.of(), Set.of());
  }

  @Override
  public String name() {
    return "/";
  }

  @Override
  public Namespace use(Middleware middleware) {
    middlewares.add(middleware);
    return this;
  }

  @Override
  public Namespace onConnection(Consumer<Socket> listener) {
    onConnection.add(listener);
    return this;
  }

  @Override
  public int localSocketCount() {
    return sockets.size();
  }

  @Override
  public int localRoomSize(String room) {
    return (int) sockets.stream().filter(socket -> socket.rooms().contains(room)).count();
  }

  @Override
  public Optional<Socket> localSocket(String id) {
    return sockets.stream()
        .filter(socket -> socket.id().equals(id))
        .map(Socket.class::cast)
        .findAny();
  }

  @Override
  public Collection<? extends Socket> localSockets() {
    return List.copyOf(sockets);
  }

  @Override
  public Set<String> localRooms() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Namespace onRoomEvents(RoomListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Integer> serverCount() {
    return CompletableFuture.completedStage(1);
  }

  @Override
  public CompletionStage<Set<String>> allRooms() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void serverSideEmit(String event, @Nullable Object... arguments) {}

  @Override
  public CompletionStage<List<@Nullable Object>> serverSideEmitWithAck(
      String event, @Nullable Object... arguments) {
    return CompletableFuture.completedStage(List.of());
  }

  @Override
  public Namespace onServerSideEvent(String event, Consumer<ServerSideEvent> listener) {
    return this;
  }

  private final class FakeTarget implements Target {
    private final Set<String> to;
    private final Set<String> except;

    FakeTarget(Set<String> to, Set<String> except) {
      this.to = to;
      this.except = except;
    }

    private boolean reaches(FakeSocket socket) {
      Set<String> rooms = socket.rooms();
      return (to.isEmpty() || rooms.stream().anyMatch(to::contains))
          && rooms.stream().noneMatch(except::contains);
    }

    @Override
    public Target to(String... rooms) {
      return new FakeTarget(Set.of(rooms), except);
    }

    @Override
    public Target except(String... rooms) {
      return new FakeTarget(to, Set.of(rooms));
    }

    @Override
    public Target local() {
      return this;
    }

    @Override
    public Target volatileOnly() {
      return this;
    }

    @Override
    public Target compress(boolean wanted) {
      return this;
    }

    @Override
    public Target timeout(Duration limit) {
      return this;
    }

    @Override
    public CompletionStage<List<@Nullable Object>> emitWithAck(
        String event, @Nullable Object... arguments) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<RemoteSocket>> fetchSockets() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
      emit(Message.of(event, arguments));
    }

    @Override
    public void emit(Message message) {
      forEachLocal(socket -> socket.emit(message));
    }

    @Override
    public void socketsJoin(String... rooms) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void socketsLeave(String... rooms) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void disconnectSockets(boolean close) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void forEachLocal(Consumer<Socket> action) {
      if (losesWakeUps) {
        return;
      }
      if (!loopEach) {
        loop.execute(() -> List.copyOf(sockets).stream().filter(this::reaches).forEach(action));
        return;
      }
      for (FakeSocket socket : sockets) {
        socket
            .loop()
            .execute(
                () -> {
                  if (reaches(socket)) {
                    action.accept(socket);
                  }
                });
      }
    }

    @Override
    public List<String> rooms() {
      return List.copyOf(to);
    }
  }
}
