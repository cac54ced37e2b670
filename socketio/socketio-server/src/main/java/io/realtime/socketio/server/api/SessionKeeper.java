package io.realtime.socketio.server.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * An application's own record of sessions and of what their clients have received, instead of the
 * one in memory: it may survive the process.
 *
 * <p>The stock client returns by itself the {@code pid} that it was told, and as {@code offset} the
 * last string that stood at the end of an event. So an application ends its events in a position of
 * its own, and no other event in a string. {@link Socket#onAlive} is the proof of life that a
 * record may be prolonged by, {@link Socket#onDisconnect} its end.
 */
@FunctionalInterface
public interface SessionKeeper {

  /**
   * As what a client connects. Called on its home loop, once for each CONNECT and before the
   * middlewares; must not block. The stage may complete on any thread, and the CONNECT waits for
   * it: within {@link ServerOptions#connectTimeout} where it is the connection's first. A stage
   * that fails is treated as one of a {@link Middleware}.
   *
   * @param claim what the client names, when it names both; neither has been checked
   */
  CompletionStage<Arrival> arrive(Handshake handshake, Optional<Claim> claim);

  /**
   * The client to which this was given has gone before it was connected: no socket, and so no
   * {@link Socket#onDisconnect}. Called on its home loop; must not block.
   */
  default void abandoned(Arrival arrival) {}

  /**
   * What a client says that it was.
   *
   * @param pid the secret that it was told
   * @param offset the position of the last event that it has
   */
  record Claim(String pid, String offset) {}

  /** As what it connects. */
  sealed interface Arrival {

    /**
     * Someone new, or someone who is not told that he is recovered.
     *
     * @param pid by which to come back; without one the client returns no position
     * @param socketId the id of its socket, 20 characters and never used before; empty: any
     * @param data what its socket's data holds at first
     */
    record New(Optional<String> pid, Optional<String> socketId, Map<String, Object> data)
        implements Arrival {

      /** With an id of the server's choice and no data. */
      public New(Optional<String> pid) {
        this(pid, Optional.empty(), Map.of());
      }
    }

    /**
     * A session that goes on; the client sees {@code recovered}. A socket of that id that still
     * lives is ended first, with {@link DisconnectReason#TAKEN_OVER}.
     *
     * @param socketId its id, 20 characters
     * @param pid the same that the client has named
     * @param rooms that it joins again
     * @param missed events that are sent before the answer to the CONNECT, in order
     */
    record Returned(
        String socketId,
        String pid,
        Set<String> rooms,
        Map<String, Object> data,
        List<Missed> missed)
        implements Arrival {}
  }

  /**
   * An event that a client has missed.
   *
   * @param mark see {@link Socket#emit(Message, long)}
   */
  record Missed(Message message, OptionalLong mark) {}
}
