package io.realtime.socketio.server.api;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One client in one namespace. Methods may be called from any thread; listeners run on the home
 * loop, which is also this socket's {@link #loop}.
 */
public interface Socket {

  /** 20 characters, public, unlike the session id of the connection. */
  String id();

  Namespace namespace();

  Handshake handshake();

  /** Application data of this socket; concurrent, empty at first. */
  ConcurrentMap<String, Object> data();

  boolean connected();

  /** How the client is connected now. */
  TransportName transport();

  /** Runs tasks on the home loop, in order. */
  Executor loop();

  /** The rooms it has joined, its own id among them. A snapshot. */
  Set<String> rooms();

  void join(String... rooms);

  void leave(String... rooms);

  /** Sends one event to this client. */
  void emit(String event, @Nullable Object... arguments);

  /** Sends a prepared event. */
  void emit(Message message);

  /**
   * Sends a prepared event behind which stands a write mark. Marks rise. The library asks for proof
   * of receipt (an Engine.IO ping, in the same write, one outstanding at a time) and reports it to
   * {@link #onProven}.
   */
  void emit(Message message, long mark);

  /**
   * Sends an event and completes with the client's answer, or fails with a {@code
   * TimeoutException}.
   */
  CompletionStage<List<@Nullable Object>> emitWithAck(
      Duration timeout, String event, @Nullable Object... arguments);

  /** Everyone in the namespace but this socket. */
  Target broadcast();

  /** Everyone in {@code rooms} but this socket. */
  Target to(String... rooms);

  /**
   * Calls {@code listener} for every event of that name; several listeners run in the order of
   * registration.
   */
  Socket on(String event, EventListener listener);

  /** Calls {@code listener} for every event, before the ones registered by name. */
  Socket onAny(EventListener listener);

  /** Called once, after the rooms were left. */
  Socket onDisconnect(Consumer<DisconnectReason> listener);

  /** Called once, while the socket is still in its rooms. */
  Socket onDisconnecting(Consumer<DisconnectReason> listener);

  /**
   * Called with the highest write mark that this client is proven to have received (its library,
   * not its callback).
   */
  Socket onProven(LongConsumer listener);

  /**
   * Leaves the namespace with {@code 41}; {@code close} also ends the connection. The stock client
   * stays away.
   */
  void disconnect(boolean close);

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
