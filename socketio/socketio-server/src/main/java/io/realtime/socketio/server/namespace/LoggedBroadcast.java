package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.BroadcastOptions;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.recovery.LoggedEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broadcast that is in the log, on its way to the sockets of each loop; called with every
 * recipient, on its loop.
 */
final class LoggedBroadcast implements Consumer<NamespaceSocket> {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedBroadcast.class);

  private final LoggedEvent event;
  private final Message message;
  private final BroadcastOptions options;
  private final @Nullable Room room;

  /** Whether some recipient's wire format has been found not to have this message. */
  private final AtomicBoolean failed = new AtomicBoolean();

  /**
   * @param room what {@link NodeSockets#roomOf} has found
   */
  LoggedBroadcast(
      LoggedEvent event, Message message, BroadcastOptions options, @Nullable Room room) {
    this.event = event;
    this.message = message;
    this.options = options;
    this.room = room;
  }

  LoggedEvent event() {
    return event;
  }

  BroadcastOptions options() {
    return options;
  }

  @Nullable Room room() {
    return room;
  }

  @Override
  public void accept(NamespaceSocket socket) {
    try {
      socket.speech().deliver(event, message, options.flags());
    } catch (RuntimeException failure) {
      if (failed.compareAndSet(false, true)) {
        LOG.error("a broadcast cannot be encoded for some; the others get it", failure);
      }
    }
  }
}
