package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.BroadcastOptions;
import io.realtime.socketio.server.adapter.BroadcastOptions.Flags;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.loop.HomeLoop;
import io.realtime.socketio.server.loop.LoopLongs;
import io.realtime.socketio.server.recovery.EventDraft;
import io.realtime.socketio.server.recovery.EventLog;
import io.realtime.socketio.server.recovery.LoggedEvent;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

  /** For each loop the last event that has been done there. */
  private final LoopLongs done;

  /**
   * @param onAppended runs behind every event
   */
  NamespaceLog(EventLog log, SocketIoWire wire, NodeSockets sockets, Runnable onAppended) {
    this.log = log;
    this.wire = wire;
    this.sockets = sockets;
    this.onAppended = onAppended;
    this.draftFormat = wire.draftFormat(log.positions());
    this.done = new LoopLongs(sockets.loops());
  }

  /** Whether an event that is sent so is logged. */
  static boolean keeps(Message message, Flags flags) {
    return !flags.volatil() && message.conflationKey().isEmpty();
  }

  /** On loop {@code loop}: the last event that its sockets have been sent, if it was for them. */
  long doneOn(int loop) {
    return done.get(loop);
  }

  /** Sends to all matching sockets. */
  void broadcast(Message message, BroadcastOptions options) {
    Room room = sockets.roomOf(options);
    List<String> rooms = room == null ? options.rooms() : room.asTarget(); // which is kept
    Reached reached = new Reached(this, message, options, room);
    log.append(draft(message, rooms, options.except()), now(), reached);
    reached.proceed();
    onAppended.run();
  }

  /** The loops of one broadcast, found when it has its place in the log. */
  private static final class Reached implements Consumer<LoggedEvent> {
    private final NamespaceLog log;
    private final Message message;
    private final BroadcastOptions options;
    private final @Nullable Room room;
    private @Nullable HomeLoop only;
    private @Nullable BitSet several;

    Reached(NamespaceLog log, Message message, BroadcastOptions options, @Nullable Room room) {
      this.log = log;
      this.message = message;
      this.options = options;
      this.room = room;
    }

    @Override
    public void accept(LoggedEvent event) {
      int loop = log.sockets.onlyLoop(options, room);
      if (loop >= 0) {
        only = log.sockets.home(loop);
        enqueue(only, event);
        return;
      }
      BitSet loops = new BitSet();
      log.sockets.addLoops(options, room, loops);
      loops.stream().forEach(each -> enqueue(log.sockets.home(each), event));
      several = loops;
    }

    private void enqueue(HomeLoop home, LoggedEvent event) {
      home.enqueue(new LoggedBroadcast(log, home, event, message, options, room));
    }

    void proceed() {
      if (only != null) {
        only.proceed();
      } else if (several != null) {
        several.stream().forEach(loop -> log.sockets.home(loop).proceed());
      }
    }
  }

  private EventDraft draft(Message message, List<String> rooms, List<String> except) {
    return wire.draft(message, draftFormat, log.positions(), rooms, except);
  }

  /** On loop {@code loop}. */
  void deliver(
      int loop,
      long number,
      BroadcastOptions options,
      @Nullable Room room,
      Consumer<NamespaceSocket> sending) {
    try {
      sockets.send(loop, options, room, sending);
    } finally {
      done.set(loop, number);
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
      SocketSpeech.deliver(socket, event.number(), event.packet(), message, flags);
    } finally {
      done.set(socket.home().index(), event.number());
    }
  }

  private long now() {
    return sockets.home(0).nanoTime();
  }
}
