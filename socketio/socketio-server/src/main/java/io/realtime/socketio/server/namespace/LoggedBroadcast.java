package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.BroadcastOptions;
import io.realtime.socketio.server.adapter.BroadcastOptions.Flags;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.engine.WirePacket;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.recovery.LoggedEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loop's share of a broadcast that is in the log: the step that sends it, called in turn with
 * every recipient. One object, since most events have one recipient, with all in it that the loop
 * needs: what another thread has just written is slow to read.
 */
final class LoggedBroadcast implements Runnable, Consumer<NamespaceSocket> {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedBroadcast.class);

  private final NamespaceLog log;
  private final HomeLoop home;
  private final long number;
  private final WirePacket packet;
  private final Message message;
  private final BroadcastOptions options;
  private final Flags flags;
  private final @Nullable Room room;

  /** Whether some recipient's wire format has been found not to have this message. */
  private boolean failed;

  /**
   * @param room what {@link NodeSockets#roomOf} has found
   */
  LoggedBroadcast(
      NamespaceLog log,
      HomeLoop home,
      LoggedEvent event,
      Message message,
      BroadcastOptions options,
      @Nullable Room room) {
    this.log = log;
    this.home = home;
    this.number = event.number();
    this.packet = event.packet();
    this.message = message;
    this.options = options;
    this.flags = options.flags();
    this.room = room;
  }

  @Override
  public void run() {
    log.deliver(home.index(), number, options, room, this);
  }

  @Override
  public void accept(NamespaceSocket socket) {
    try {
      SocketSpeech.deliver(socket, number, packet, message, flags);
    } catch (RuntimeException failure) {
      if (!failed) {
        failed = true;
        LOG.error("a broadcast cannot be encoded for some; the others get it", failure);
      }
    }
    home.flushWarm();
  }
}
