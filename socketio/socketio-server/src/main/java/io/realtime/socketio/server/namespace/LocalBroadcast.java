package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.AnswerReceiver;
import io.realtime.socketio.server.adapter.BroadcastOptions;
import io.realtime.socketio.server.adapter.LocalSockets;
import io.realtime.socketio.server.adapter.SocketRecord;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.api.RoomListener;
import io.realtime.socketio.server.loop.Alarm;
import io.realtime.socketio.server.loop.HomeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said to the sockets of a namespace on this node, by the application or by the cluster.
 * Any thread.
 */
final class LocalBroadcast implements LocalSockets {
  private static final Logger LOG = LoggerFactory.getLogger(LocalBroadcast.class);

  /** How long answers are waited for when nobody said how long. */
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private final LocalNamespace namespace;
  private final NodeSockets sockets;

  LocalBroadcast(LocalNamespace namespace, NodeSockets sockets) {
    this.namespace = namespace;
    this.sockets = sockets;
  }

  @Override
  public String namespace() {
    return namespace.name();
  }

  @Override
  public void broadcast(Message message, BroadcastOptions options) {
    Optional<NamespaceLog> log = namespace.recovery().log();
    if (log.isPresent() && NamespaceLog.keeps(message, options.flags())) {
      log.get().broadcast(message, options);
      return;
    }
    BitSet loops = new BitSet();
    Room room = sockets.roomOf(options);
    sockets.addLoops(options, room, loops);
    if (loops.isEmpty()) {
      return;
    }
    namespace.wire().encode(message); // a bad value is the caller's fault, so his to see
    AtomicBoolean failed = new AtomicBoolean();
    for (int loop = loops.nextSetBit(0); loop >= 0; loop = loops.nextSetBit(loop + 1)) {
      HomeLoop home = sockets.home(loop);
      home.step(() -> deliver(home, options, room, message, failed));
    }
  }

  /**
   * @param failed whether some recipient's wire format has been found not to have this message
   */
  private void deliver(
      HomeLoop home,
      BroadcastOptions options,
      @Nullable Room room,
      Message message,
      AtomicBoolean failed) {
    sockets.send(
        home.index(),
        options,
        room,
        socket -> {
          try {
            socket.speech().deliver(message, options.flags());
          } catch (RuntimeException failure) {
            if (failed.compareAndSet(false, true)) {
              LOG.error("a broadcast cannot be encoded for some; the others get it", failure);
            }
          }
          home.flushWarm();
        });
  }

  @Override
  public void broadcastWithAck(Message message, BroadcastOptions options, AnswerReceiver answers) {
    BitSet loops = sockets.loopsOf(options);
    long ackId = namespace.nextAckId();
    Message question = Message.ofEvent(message.arguments()); // it is encoded with this id
    namespace.wire().question(question, ackId);
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger loopsLeft = new AtomicInteger(loops.cardinality());
    if (loops.isEmpty()) {
      answers.onServer(0);
    }
    loops.stream()
        .forEach(
            loop ->
                sockets
                    .home(loop)
                    .step(
                        () -> {
                          asked.addAndGet(ask(loop, options, question, ackId, answers));
                          if (loopsLeft.decrementAndGet() == 0) {
                            answers.onServer(asked.get());
                          }
                        }));
  }

  private int ask(
      int loop, BroadcastOptions options, Message question, long ackId, AnswerReceiver answers) {
    return new LoopQuestion(sockets.home(loop), ackId, answers)
        .ask(
            sockets.connected(loop, options),
            question,
            options.flags(),
            options.flags().timeout().orElse(ANSWER_TIMEOUT));
  }

  @Override
  public void socketsJoin(BroadcastOptions options, List<String> rooms) {
    sockets.joinAll(options, rooms);
  }

  @Override
  public void socketsLeave(BroadcastOptions options, List<String> rooms) {
    String[] left = rooms.toArray(String[]::new);
    sockets.forEach(options, socket -> socket.leave(left));
  }

  @Override
  public void disconnectSockets(BroadcastOptions options, boolean close) {
    sockets.forEach(options, socket -> socket.disconnect(close));
  }

  @Override
  public CompletionStage<List<SocketRecord>> fetchSockets(BroadcastOptions options) {
    return fetch(options)
        .thenApply(
            found -> {
              List<SocketRecord> records = new ArrayList<>(found.size());
              found.forEach(socket -> records.add(recordOf(socket)));
              return records;
            });
  }

  private static SocketRecord recordOf(NamespaceSocket socket) {
    return new SocketRecord(
        socket.id(), socket.handshake().toMap(), socket.rooms(), Map.copyOf(socket.data()));
  }

  /** The matching sockets of this node. */
  CompletionStage<List<NamespaceSocket>> fetch(BroadcastOptions options) {
    return LoopGathering.of(
        sockets.loopsOf(options), sockets::home, loop -> sockets.connected(loop, options));
  }

  @Override
  public Set<String> rooms() {
    return sockets.rooms();
  }

  @Override
  public boolean hasRoom(String room) {
    return sockets.hasRoom(room);
  }

  @Override
  public void onServerSideEvent(
      List<@Nullable Object> event, @Nullable Consumer<@Nullable Object> answer) {
    namespace.listeners().serverSideEvents().dispatch(event, answer, namespace.payloads());
  }

  @Override
  public void onRoomEvents(RoomListener listener) {
    sockets.events().listen(listener);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    HomeLoop home = sockets.home(0);
    Alarm alarm = home.alarm(task);
    home.run(() -> alarm.setAt(home.nanoTime() + delay.toNanos()));
    return () -> home.run(alarm::cancel);
  }
}
