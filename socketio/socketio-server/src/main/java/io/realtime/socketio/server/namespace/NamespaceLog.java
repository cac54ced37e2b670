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

/**
 * Sends the events of one namespace by way of its log: what one thread or several emit reaches
 * every socket in the order of the log, so a position tells what its client has. Any thread.
 */
final class NamespaceLog {
  private final EventLog log;
  private final SocketIoWire wire;
  private final NodeSockets sockets;
  private final Runnable onAppended;
  private final String draftFormat;

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
    this.draftFormat = wire.draftFormat(log.positions());
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
    BitSet loops = new BitSet();
    Room room = sockets.roomOf(options);
    List<String> rooms = room == null ? options.rooms() : room.asTarget(); // which is kept
    log.append(
        draft(message, rooms, options.except()),
        now(),
        event -> {
          sockets.addLoops(options, room, loops);
          LoggedBroadcast broadcast = new LoggedBroadcast(event, message, options, room);
          for (int loop = loops.nextSetBit(0); loop >= 0; loop = loops.nextSetBit(loop + 1)) {
            int reached = loop;
            sockets.home(loop).enqueue(() -> deliver(reached, broadcast));
          }
        });
    for (int loop = loops.nextSetBit(0); loop >= 0; loop = loops.nextSetBit(loop + 1)) {
      sockets.home(loop).proceed();
    }
    onAppended.run();
  }

  private EventDraft draft(Message message, List<String> rooms, List<String> except) {
    return wire.draft(message, draftFormat, log.positions(), rooms, except);
  }

  private void deliver(int loop, LoggedBroadcast broadcast) {
    try {
      sockets.send(loop, broadcast.options(), broadcast.room(), broadcast);
    } finally {
      done[loop] = broadcast.event().number();
    }
  }

  /** Sends to one socket, which may be waiting for its client; what finds no room is in the log. */
  void say(NamespaceSocket socket, Message message, Flags flags, HandOver handOver) {
    EventDraft draft = draft(message, List.of(socket.id()), List.of());
    HomeLoop home = socket.home();
    boolean fits = handOver.admit();
    log.append(
        draft,
        now(),
        event -> {
          if (fits) {
            home.enqueue(() -> sayNow(socket, event, message, flags, handOver));
          }
        });
    if (fits) {
      home.proceed();
    }
    onAppended.run();
  }

  private void sayNow(
      NamespaceSocket socket, LoggedEvent event, Message message, Flags flags, HandOver handOver) {
    handOver.arrived();
    try {
      socket.speech().deliver(event, message, flags);
    } finally {
      done[socket.home().index()] = event.number();
    }
  }

  private long now() {
    return sockets.home(0).nanoTime();
  }
}
