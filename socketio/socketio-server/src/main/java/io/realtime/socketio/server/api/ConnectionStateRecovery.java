package io.realtime.socketio.server.api;

import java.time.Duration;
import java.util.function.Function;

/**
 * How a client that lost its connection takes its session up again: same id, rooms and data, and
 * the events that it missed. As Node's option of that name; off by default. Immutable.
 */
public sealed interface ConnectionStateRecovery {

  /** Whether middlewares are left out for a session that is taken up. */
  boolean skipMiddlewares();

  /** Sessions and events are kept in this process; the defaults are Node's, but for the bounds. */
  static InMemory inMemory() {
    return new InMemory(
        Duration.ofMinutes(2), true, handshake -> "", 100_000, 64 * 1024 * 1024, 100_000);
  }

  /** Sessions and events are the application's to keep. */
  static Kept keptBy(SessionKeeper keeper) {
    return new Kept(keeper, false);
  }

  /**
   * Kept in this process, for each namespace apart. What is forgotten past a bound is counted
   * ({@link ServerStats#recovery}); a client that needed it connects as if it were new.
   *
   * @param maxDisconnectionDuration how long a session waits, and an event is kept
   * @param identity whose session it is, from what a client says when it connects: a session is
   *     never given to another identity. Called on a loop; must not block
   * @param maxEvents that are kept
   * @param maxBytes of their packets
   * @param maxSessions that wait
   */
  record InMemory(
      Duration maxDisconnectionDuration,
      boolean skipMiddlewares,
      Function<Handshake, String> identity,
      int maxEvents,
      long maxBytes,
      int maxSessions)
      implements ConnectionStateRecovery {

    public InMemory {
      if (maxEvents < 1 || maxBytes < 1 || maxSessions < 1) {
        throw new IllegalArgumentException(
            "recovery: "
                + Math.min(Math.min(maxEvents, maxBytes), maxSessions)
                + " (expected: maxEvents, maxBytes and maxSessions of at least 1)");
      }
    }

    public InMemory withMaxDisconnectionDuration(Duration duration) {
      return new InMemory(duration, skipMiddlewares, identity, maxEvents, maxBytes, maxSessions);
    }

    public InMemory withSkipMiddlewares(boolean skip) {
      return new InMemory(
          maxDisconnectionDuration, skip, identity, maxEvents, maxBytes, maxSessions);
    }

    public InMemory withIdentity(Function<Handshake, String> whose) {
      return new InMemory(
          maxDisconnectionDuration, skipMiddlewares, whose, maxEvents, maxBytes, maxSessions);
    }

    /** Bounds of one namespace. */
    public InMemory withBounds(int events, long bytes, int sessions) {
      return new InMemory(
          maxDisconnectionDuration, skipMiddlewares, identity, events, bytes, sessions);
    }
  }

  /**
   * Kept by the application, which also appends the position to its events, as their last argument.
   *
   * @param keeper decides about every CONNECT of a Socket.IO 3+ client
   */
  record Kept(SessionKeeper keeper, boolean skipMiddlewares) implements ConnectionStateRecovery {}
}
