package io.realtime.socketio.server.api;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A way to send to one client. Immutable: methods that say how to send return another one. Any
 * thread.
 */
public interface Emitter {

  /** Packets that the client cannot take at this moment are dropped instead of queued. */
  Emitter volatileOnly();

  /** Whether transports that compress may compress the packets; they may by default. */
  Emitter compress(boolean wanted);

  /** How long {@link #emitWithAck} waits; without it, until the socket ends. */
  Emitter timeout(Duration limit);

  /**
   * Sends one event.
   *
   * @throws IllegalArgumentException for a reserved name, and for an argument that has no form on
   *     the wire
   */
  void emit(String event, @Nullable Object... arguments);

  /** Sends a prepared event. */
  void emit(Message message);

  /** Sends an event of the name {@code message}. */
  default void send(@Nullable Object... arguments) {
    emit("message", arguments);
  }

  /**
   * Sends an event and completes with the arguments of the client's answer, or fails with a {@code
   * TimeoutException}: the timeout is over, or the socket has ended.
   */
  CompletionStage<List<@Nullable Object>> emitWithAck(String event, @Nullable Object... arguments);

  /** As {@link #emitWithAck(String, Object...)}, with that {@link #timeout}. */
  default CompletionStage<List<@Nullable Object>> emitWithAck(
      Duration timeout, String event, @Nullable Object... arguments) {
    return timeout(timeout).emitWithAck(event, arguments);
  }
}
