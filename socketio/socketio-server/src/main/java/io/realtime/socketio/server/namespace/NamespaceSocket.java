package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.BroadcastOptions.Flags;
import io.realtime.socketio.server.api.ClientEvent;
import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.Handshake;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.PayloadMapper;
import io.realtime.socketio.server.api.Socket;
import io.realtime.socketio.server.api.Target;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.engine.Connection;
import io.realtime.socketio.server.engine.Outlet;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.namespace.Registration.OnAbandoned;
import io.realtime.socketio.server.namespace.Registration.OnAlive;
import io.realtime.socketio.server.namespace.Registration.OnDisconnect;
import io.realtime.socketio.server.namespace.Registration.OnDisconnecting;
import io.realtime.socketio.server.namespace.Registration.OnProven;
import io.realtime.socketio.server.namespace.Registration.OnUpgrade;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client in one namespace, owned by the home loop of its connection; calls from other threads
 * become tasks of that loop. It exists from the CONNECT on, so that middlewares can use it, is
 * connected once they have admitted it, and ends once.
 */
final class NamespaceSocket implements Registering, Speaking, Occupants {
  private enum State {
    ADMITTING,
    CONNECTED,
    ENDED
  }

  private final String id;
  private final LocalNamespace namespace;
  private final Handshake handshake;
  private final Peer peer;
  private final Connection connection;
  private final Outlet outlet;
  private final HomeLoop home;
  private final JoinedRooms rooms;
  private final Continuity continuity;
  private final boolean logged;
  private final ConcurrentMap<String, Object> data;
  private final Listeners listeners = new Listeners();
  private final EventDispatch events = new EventDispatch(this, listeners);
  private final SocketSpeech speech;
  private volatile State state = State.ADMITTING;
  private long visited;

  /** The last event of the log that it was sent when it came back. */
  private long upTo;

  /**
   * @param newId its id, if it is not the one of the socket that it continues
   * @param maxInTransit packets that may be on their way from other threads to the loop
   */
  NamespaceSocket(
      String newId,
      LocalNamespace namespace,
      Handshake handshake,
      Continuity continuity,
      Peer peer,
      int maxInTransit) {
    this.id = continuity.socketId().orElse(newId);
    this.namespace = namespace;
    this.continuity = continuity;
    this.logged = continuity.logged();
    this.data =
        continuity.past().map(Continuity.Past::data).orElseGet(() -> new ConcurrentHashMap<>(4));
    this.handshake = handshake;
    this.peer = peer;
    this.connection = peer.connection();
    this.outlet = connection.outlet();
    this.home = connection.home();
    this.speech =
        new SocketSpeech(
            this,
            peer,
            new HandOver(home, maxInTransit, () -> closeTransport(DisconnectReason.SLOW_CONSUMER)));
    this.rooms = new JoinedRooms(this, namespace.sockets());
    continuity.begin(id, data);
  }

  HomeLoop home() {
    return home;
  }

  /** The sending side of its connection. */
  Outlet outlet() {
    return outlet;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public LocalNamespace namespace() {
    return namespace;
  }

  SocketIoWire wire() {
    return namespace.wire();
  }

  @Override
  public Handshake handshake() {
    return handshake;
  }

  @Override
  public ConcurrentMap<String, Object> data() {
    return data;
  }

  @Override
  public boolean connected() {
    return state == State.CONNECTED;
  }

  boolean ended() {
    return state == State.ENDED;
  }

  Continuity continuity() {
    return continuity;
  }

  /** On the loop: whether event {@code number} of the log is still to be sent. */
  boolean awaits(long number) {
    return number > upTo;
  }

  /** Whether its events are kept in the namespace's log, and carry their position there. */
  boolean logged() {
    return logged;
  }

  /** Whether such an event to it is logged: not before it has been admitted. */
  boolean logs(Message message, Flags flags) {
    return logged && state != State.ADMITTING && NamespaceLog.keeps(message, flags);
  }

  @Override
  public boolean recovered() {
    return continuity.recovered();
  }

  long nextAckId() {
    return namespace.nextAckId();
  }

  @Override
  public TransportName transport() {
    return connection.transport();
  }

  @Override
  public int protocol() {
    return connection.protocol();
  }

  @Override
  public Executor loop() {
    return home.loop();
  }

  // ---- rooms

  @Override
  public Set<String> rooms() {
    Set<String> all = new LinkedHashSet<>();
    if (state == State.CONNECTED) {
      all.add(id);
    }
    all.addAll(rooms.all());
    return all;
  }

  boolean isIn(String room) {
    return rooms.contains(room);
  }

  @Override
  public void join(String... joined) {
    for (String room : joined) {
      namespace.sockets().announceJoin(this, room);
    }
    home.step(() -> joinNow(joined));
  }

  /** As {@link #join}, within a step. */
  void joinWithin(List<String> joined) {
    joined.forEach(room -> namespace.sockets().announceJoin(this, room));
    joinNow(joined.toArray(String[]::new));
  }

  private void joinNow(String[] joined) {
    if (state != State.ENDED) {
      rooms.join(joined);
      return;
    }
    for (String room : joined) {
      namespace.sockets().joinFailed(this, room);
    }
  }

  @Override
  public void leave(String... left) {
    home.step(() -> rooms.leave(left));
  }

  /** On the loop: true the first time for each {@code mark}. */
  boolean firstVisit(long mark) {
    boolean first = visited != mark;
    visited = mark;
    return first;
  }

  // ---- sending

  @Override
  public SocketSpeech speech() {
    return speech;
  }

  @Override
  public Target broadcast() {
    return namespace.except(id);
  }

  @Override
  public Listeners listeners() {
    return listeners;
  }

  @Override
  public <T> @Nullable T readPayload(@Nullable Object argument, Class<T> type) {
    try {
      return namespace.payloads().read(argument, type);
    } catch (IllegalArgumentException malformed) {
      events.report(malformed);
      return null;
    }
  }

  @Override
  public PayloadMapper payloads() {
    return namespace.payloads();
  }

  // ---- what happens, on the loop

  /** The middlewares have admitted it: from here on broadcasts reach it. */
  void onAdmitted() {
    state = State.CONNECTED;
    namespace.sockets().enter(this);
    List<String> before = continuity.past().map(Continuity.Past::rooms).orElse(List.of());
    joinWithin(before);
    List<Owed> owed = continuity.onAdmitted();
    upTo = continuity.upTo();
    owed.forEach(speech::deliver);
    if (!recovered() && continuity.past().isPresent()) { // what it was has been forgotten meanwhile
      rooms.leave(before.toArray(String[]::new));
      data.clear();
    }
  }

  /** The client knows that it is connected: the application's turn. */
  void announce() {
    for (Consumer<Socket> listener : namespace.listeners().connectionListeners()) {
      guard("a connection listener", () -> listener.accept(this));
    }
  }

  void onEvent(List<@Nullable Object> event, ClientEvent.AckReply reply) {
    String name = String.valueOf(event.getFirst());
    onEvent(name, event.subList(1, event.size()), reply);
  }

  void onEvent(String name, List<@Nullable Object> arguments, ClientEvent.AckReply reply) {
    if (state == State.CONNECTED) {
      guard(
          "an event listener",
          () -> events.dispatch(new ClientEvent(this, name, arguments, reply)));
    }
  }

  void onAck(long ackId, List<@Nullable Object> arguments) {
    guard("the receiver of an answer", () -> speech.onAnswer(ackId, arguments));
  }

  @Override
  public void onProven(long mark) {
    listeners.forEach(
        OnProven.class, on -> guard("a proof listener", () -> on.listener().accept(mark)));
  }

  /** The client has shown that it lives. */
  void onAlive() {
    listeners.forEach(OnAlive.class, on -> guard("a listener of life", on.listener()));
  }

  /** The connection has gone over to another transport. */
  void onUpgrade(TransportName to) {
    listeners.forEach(
        OnUpgrade.class, on -> guard("an upgrade listener", () -> on.listener().accept(to)));
  }

  /** The client has broken the protocol, and the connection is about to end. */
  void onError(Throwable failure) {
    if (state == State.CONNECTED) {
      events.report(failure);
    }
  }

  /** Ends it, whoever wished so; the second time nothing happens. */
  void end(DisconnectReason reason) {
    assert home.inLoop();
    if (state == State.ENDED) {
      return;
    }
    boolean wasConnected = state == State.CONNECTED;
    if (wasConnected) {
      listeners.forEach(
          OnDisconnecting.class, on -> Guard.callAtEnd(this, () -> on.listener().accept(reason)));
    }
    state = State.ENDED;
    rooms.leaveAll();
    outlet.forget(this);
    speech.end();
    if (wasConnected) {
      namespace.sockets().exit(this);
      listeners.forEach(
          OnDisconnect.class, on -> Guard.callAtEnd(this, () -> on.listener().accept(reason)));
    } else {
      listeners.forEach(OnAbandoned.class, on -> Guard.callAtEnd(this, on.listener()));
    }
    continuity.onEnd(wasConnected, reason);
    namespace.release();
  }

  /** Its client has come back by another connection; completes when this one has ended. */
  CompletionStage<Void> takeOver() {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    home.task(
        () -> {
          connection.close(DisconnectReason.TAKEN_OVER);
          gone.complete(null);
        });
    return gone;
  }

  @Override
  public void disconnect(boolean close) {
    home.task(
        () -> {
          if (close && state != State.ENDED) {
            peer.disconnectAll();
          } else if (state == State.CONNECTED) {
            peer.onSocketEnd(this, true);
            end(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
          }
        });
  }

  @Override
  public void pingNow() {
    home.step(outlet::pingNow);
  }

  @Override
  public void closeTransport(DisconnectReason reason) {
    home.task(() -> connection.close(reason));
  }

  /** Application code threw: ends this connection, and nothing else. */
  void listenerFailed(String what, RuntimeException failure) {
    Guard.onFailure(this, what, failure);
  }

  /** Calls application code: what it throws ends this connection. */
  void guard(String what, Runnable call) {
    Guard.call(this, what, call);
  }
}
