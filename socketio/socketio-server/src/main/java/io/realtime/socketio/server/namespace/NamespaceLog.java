package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.BroadcastOptions;
import io.realtime.socketio.server.adapter.BroadcastOptions.Flags;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.recovery.EventDraft;
import io.realtime.socketio.server.recovery.EventLog;
import io.realtime.socketio.server.recovery.LoggedEvent;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the events of one namespace by way of its log: what one thread or several emit reaches
 * every socket in the order of the log, so a position tells what its client has. Any thread.
 */
final class NamespaceLog {
  private static final Logger LOG = LoggerFactory.getLogger(NamespaceLog.class);

  private final EventLog log;
  private final SocketIoWire wire;
  private final NodeSockets sockets;
  private final Runnable onAppended;

  /** For each loop the last event that has been done there; a slot belongs to its loop. */
  private final long[] done;

  /**
   * @param onAppended runs behind every event
   */
  NamespaceLog(EventLog log, SocketIoWire wire, NodeSockets sockets, Runnable onAppended) {
    this.log = log;
    this.wire = wire;
    this.sockets = sockets;
    this.onAppended = onAppended;
    this.done = new long[sockets.loops()];
  }

  /** Whether an event that is sent so is logged. */
  static boolean keeps(Message message, Flags flags) {
    return !flags.volatil() && message.conflationKey().isEmpty();
  }

  /** On loop {@code loop}: the last event that its sockets have been sent, if it was for them. */
  long doneOn(int loop) {
    return done[loop];
  }

  /** Sends to all matching sockets. */
  void broadcast(Message message, BroadcastOptions options) {
    EventDraft draft = wire.draft(message, log.positions(), options.rooms(), options.except());
    BitSet loops = new BitSet();
    AtomicBoolean failed = new AtomicBoolean();
    log.append(
        draft,
        now(),
        event -> {
          loops.or(sockets.loopsOf(options));
          loops.stream()
              .forEach(
                  loop -> sockets.home(loop).enqueue(() -> deliver(loop, options, event, failed)));
        });
    loops.stream().forEach(loop -> sockets.home(loop).proceed());
    onAppended.run();
  }

  private void deliver(
      int loop, BroadcastOptions options, LoggedEvent event, AtomicBoolean failed) {
    try {
      sockets.visit(loop, options, socket -> deliver(socket, event, options.flags(), failed));
    } finally {
      done[loop] = event.number();
    }
  }

  private static void deliver(
      NamespaceSocket socket, LoggedEvent event, Flags flags, AtomicBoolean failed) {
    try {
      socket.speech().deliver(event, flags);
    } catch (RuntimeException failure) {
      if (failed.compareAndSet(false, true)) {
        LOG.error("a broadcast cannot be encoded for some; the others get it", failure);
      }
    }
  }

  /** Sends to one socket, which may be waiting for its client; what finds no room is in the log. */
  void say(NamespaceSocket socket, Message message, Flags flags, HandOver handOver) {
    EventDraft draft = wire.draft(message, log.positions(), List.of(socket.id()), List.of());
    HomeLoop home = socket.home();
    boolean fits = handOver.admit();
    log.append(
        draft,
        now(),
        event -> {
          if (fits) {
            home.enqueue(() -> sayNow(socket, event, flags, handOver));
          }
        });
    if (fits) {
      home.proceed();
    }
    onAppended.run();
  }

  private void sayNow(NamespaceSocket socket, LoggedEvent event, Flags flags, HandOver handOver) {
    handOver.arrived();
    try {
      socket.speech().deliver(event, flags);
    } finally {
      done[socket.home().index()] = event.number();
    }
  }

  private long now() {
    return sockets.home(0).nanoTime();
  }
}
