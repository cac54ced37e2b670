package io.realtime.socketio.server.api;

import java.util.Map;
import java.util.Set;

/**
 * A socket that may live on another node: what is known of it is a snapshot, what it is told goes
 * its way through the cluster. For a socket of another node the answer of {@link #emitWithAck} has
 * at most one argument, and without a timeout it is waited for as {@link Target#timeout} says. Any
 * thread.
 */
public interface RemoteSocket extends Emitter {

  /** 20 characters, public, unlike the session id of the connection. */
  String id();

  Handshake handshake();

  /** The rooms it has joined, its own id among them. A snapshot. */
  Set<String> rooms();

  /** Application data of this socket; on another node, what it was when it was asked for. */
  Map<String, Object> data();

  void join(String... rooms);

  void leave(String... rooms);

  /**
   * Leaves the namespace with {@code 41}; {@code close} also ends the connection. The stock client
   * stays away.
   */
  void disconnect(boolean close);

  /** As {@link #disconnect(boolean)}; the connection stays. */
  default void disconnect() {
    disconnect(false);
  }
}
