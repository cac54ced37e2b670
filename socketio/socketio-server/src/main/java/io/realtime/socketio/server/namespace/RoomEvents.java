package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.RoomListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a node's rooms, told to listeners in one order, one at a time, and outside of any
 * lock: {@link #note} may be called with one held, {@link #tell} follows without it. Costs nothing
 * while nobody listens. Any thread.
 */
final class RoomEvents {
  private static final Logger LOG = LoggerFactory.getLogger(RoomEvents.class);

  private final List<RoomListener> listeners = new CopyOnWriteArrayList<>();
  private final Queue<Event> queue = new ConcurrentLinkedQueue<>();

  /** Calls of {@link #tell} that are still to be worked off; one thread at a time does. */
  private final AtomicInteger calls = new AtomicInteger();

  enum Kind {
    CREATE,
    DELETE,
    JOIN,
    LEAVE
  }

  private record Event(Kind kind, String room, String socketId) {}

  void listen(RoomListener listener) {
    listeners.add(listener);
  }

  /**
   * @param socketId empty where none is concerned
   */
  void note(Kind kind, String room, String socketId) {
    if (!listeners.isEmpty()) {
      queue.add(new Event(kind, room, socketId));
    }
  }

  void tell() {
    if (queue.isEmpty() || calls.getAndIncrement() > 0) {
      return; // whoever is telling will come to it
    }
    int seen = 1;
    do {
      for (Event event = queue.poll(); event != null; event = queue.poll()) {
        for (RoomListener listener : listeners) {
          tell(listener, event);
        }
      }
      seen = calls.addAndGet(-seen);
    } while (seen > 0);
  }

  private static void tell(RoomListener listener, Event event) {
    try {
      switch (event.kind()) {
        case CREATE -> listener.onCreate(event.room());
        case DELETE -> listener.onDelete(event.room());
        case JOIN -> listener.onJoin(event.room(), event.socketId());
        case LEAVE -> listener.onLeave(event.room(), event.socketId());
      }
    } catch (RuntimeException failure) {
      LOG.error("a room listener failed; the others are told", failure);
    }
  }
}
