package io.realtime.socketio.server.api;

import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * One client in one namespace. Methods may be called from any thread; listeners run on the home
 * loop, which is also this socket's {@link #loop}, and see what is registered when an event comes.
 */
public interface Socket extends RemoteSocket {

  Namespace namespace();

  /** Application data of this socket; concurrent, empty at first. */
  @Override
  ConcurrentMap<String, Object> data();

  boolean connected();

  /** Whether it goes on where an earlier connection of its client has ended. */
  boolean recovered();

  /** How the client is connected now. */
  TransportName transport();

  /** Revision of the Engine.IO protocol that it speaks: 4, or 3; 0 for a plain WebSocket. */
  int protocol();

  /** Runs tasks on the home loop, in order. */
  Executor loop();

  /** The rooms it has joined, its own id among them. A snapshot. */
  @Override
  Set<String> rooms();

  /**
   * Sends a prepared event behind which stands a write mark. Marks rise. The library asks for proof
   * of receipt (an Engine.IO ping, in the same write, one outstanding at a time) and reports it to
   * {@link #onProven}.
   */
  void emit(Message message, long mark);

  // ---- the others

  /** Everyone in the namespace but this socket. */
  Target broadcast();

  /** Everyone in {@code rooms} but this socket. */
  default Target to(String... rooms) {
    return broadcast().to(rooms);
  }

  /** As {@link #to}. */
  default Target in(String... rooms) {
    return broadcast().to(rooms);
  }

  /** Everyone but this socket and those in any of {@code rooms}. */
  default Target except(String... rooms) {
    return broadcast().except(rooms);
  }

  /** Everyone on this node but this socket. */
  default Target local() {
    return broadcast().local();
  }

  // ---- events of the client

  /**
   * Calls {@code listener} for every event of that name; several listeners run in the order of
   * registration.
   */
  Socket on(String event, EventListener listener);

  /**
   * As {@link #on(String, EventListener)}, with the first argument read by the server's {@link
   * PayloadMapper}. When that refuses it, the event is dropped and {@link #onError} hears why.
   */
  <T> Socket on(String event, Class<T> type, TypedListener<T> listener);

  /** Calls {@code listener} for the next event of that name only. */
  Socket once(String event, EventListener listener);

  /** Takes back the latest registration of {@code listener} for that name. */
  Socket off(String event, EventListener listener);

  /** Takes back all registrations for that name. */
  Socket off(String event);

  /**
   * Calls {@code listener} for every event, before those registered by name and before {@link
   * #use}.
   */
  Socket onAny(EventListener listener);

  /** As {@link #onAny}, before those that are registered already. */
  Socket prependAny(EventListener listener);

  /** Takes back a registration for every event. */
  Socket offAny(EventListener listener);

  /** Takes back all registrations for every event. */
  Socket offAny();

  /** Runs for every event before the listeners of its name, in the order of registration. */
  Socket use(EventMiddleware middleware);

  /** Called with what was wrong with an event or packet of this client. */
  Socket onError(Consumer<Throwable> listener);

  // ---- events to the client

  /** Calls {@code listener} for every event that is sent to this client, broadcasts too. */
  Socket onAnyOutgoing(OutgoingListener listener);

  /** As {@link #onAnyOutgoing}, before those that are registered already. */
  Socket prependAnyOutgoing(OutgoingListener listener);

  /** Takes back a registration for events to the client. */
  Socket offAnyOutgoing(OutgoingListener listener);

  /** Takes back all registrations for events to the client. */
  Socket offAnyOutgoing();

  // ---- its life

  /** Called once, after the rooms were left. */
  Socket onDisconnect(Consumer<DisconnectReason> listener);

  /**
   * Called once, instead of {@link #onDisconnect}, when its client goes, or is refused, before it
   * is connected: for a {@link Middleware} that holds something for it.
   */
  Socket onAbandoned(Runnable listener);

  /** Called once, while the socket is still in its rooms. */
  Socket onDisconnecting(Consumer<DisconnectReason> listener);

  /** Called when the connection goes over to another transport, with its name. */
  Socket onUpgrade(Consumer<TransportName> listener);

  /** Called at every answer of the client to the heartbeat. */
  Socket onAlive(Runnable listener);

  /**
   * Called with the highest write mark that this client is proven to have received (its library,
   * not its callback).
   */
  Socket onProven(LongConsumer listener);

  /**
   * Asks the client for a sign of life now, and so for proof of all marks that were written before,
   * instead of when the next heartbeat is due. Does nothing while it has yet to answer the last
   * time, nor for clients of Engine.IO 3, which ask themselves.
   */
  void pingNow();

  /**
   * Ends the connection by a plain transport close; the stock client comes back by itself.
   *
   * @param reason what listeners and the count of closes are told; see {@link
   *     DisconnectReason#named}
   */
  void closeTransport(DisconnectReason reason);
}
