package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.adapter.BroadcastOptions.Flags;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.engine.MarkReceiver;
import io.realtime.socketio.server.engine.WirePacket;
import io.realtime.socketio.server.namespace.Registration.OnOutgoing;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * All that is said to the client of one socket: events, questions, answers. What has no remark is
 * for any thread; it is encoded by the caller and sent as a step of the home loop.
 */
final class SocketSpeech {
  private final NamespaceSocket socket;
  private final Peer peer;
  private final HandOver handOver;

  /** On the home loop only. */
  private @Nullable PendingAcks acks;

  SocketSpeech(NamespaceSocket socket, Peer peer, HandOver handOver) {
    this.socket = socket;
    this.peer = peer;
    this.handOver = handOver;
  }

  void say(Message message, Flags flags) {
    if (socket.logs(message, flags)) {
      socket
          .namespace()
          .recovery()
          .log()
          .ifPresent(log -> log.say(socket, message, flags, handOver));
      return;
    }
    WirePacket packet = flagged(peer.encode(message), flags);
    handOver.run(() -> sayNow(message, packet, flags));
  }

  /** With a write mark behind it. */
  void say(Message message, MarkReceiver receiver, long mark) {
    WirePacket packet = peer.encode(message);
    handOver.run(
        () -> {
          tellOutgoing(message);
          send(packet, receiver, mark);
        });
  }

  /** An answer to an event of the client. */
  void answer(WirePacket packet) {
    handOver.run(() -> send(packet, null, 0));
  }

  /** Asks the client; without a timeout its answer is waited for until the socket ends. */
  CompletionStage<List<@Nullable Object>> ask(Message message, Flags flags) {
    long ackId = socket.nextAckId();
    Message question = Message.ofEvent(message.arguments()); // it is encoded with this id
    WirePacket packet = flagged(peer.encodeQuestion(question, ackId), flags);
    SocketQuestion asked = new SocketQuestion();
    boolean handedOver =
        handOver.run(
            () -> {
              if (socket.ended()) {
                asked.onLost(new TimeoutException(PendingAcks.DISCONNECTED));
              } else if (asked.ask(acks(), ackId, socket.home(), flags.timeout())) {
                sayNow(question, packet, flags);
              }
            });
    if (!handedOver) {
      asked.onLost(new TimeoutException(PendingAcks.DISCONNECTED));
    }
    return asked.answer();
  }

  // ---- on the home loop

  /** A broadcast's packet; not for a socket that is only in a room, unadmitted. */
  void deliver(Message message, Flags flags) {
    if (socket.connected()) {
      sayNow(message, flagged(peer.encode(message), flags), flags);
    }
  }

  /**
   * An event of the log, unless it is older than what the client was sent when it came back. Leads
   * over as few objects of the socket as can be: each is cold in the cache where there are many.
   *
   * @param number its place in the log
   * @param logged the event with its position
   * @param message the same without its position, for clients that keep none
   */
  static void deliver(
      NamespaceSocket socket, long number, WirePacket logged, Message message, Flags flags) {
    if (!socket.connected() || !socket.awaits(number)) {
      return;
    }
    if (!socket.logged()) {
      socket.speech().deliver(message, flags);
      return;
    }
    if (socket.namespace().expectsOutgoing()) {
      socket.speech().tellOutgoing(message, socket.listeners());
    }
    if (!socket.ended()) { // by a listener
      socket.outlet().send(flagged(logged, flags));
    }
  }

  /** What the client has missed. */
  void deliver(Owed owed) {
    MarkReceiver receiver = owed.mark().isPresent() ? socket : null;
    send(owed.packet(socket.wire()), receiver, owed.mark().orElse(0));
  }

  /** A broadcast's question; false when this client cannot be asked. */
  boolean ask(Message question, long ackId, Flags flags, PendingAcks.Asker asker) {
    WirePacket packet;
    try {
      packet = flagged(peer.encodeQuestion(question, ackId), flags);
    } catch (UnsupportedOperationException answersNothing) {
      return false;
    }
    if (acks().add(ackId, asker)) {
      sayNow(question, packet, flags);
    }
    return true;
  }

  /** Who asked knows that no answer comes. */
  void forget(long ackId) {
    if (acks != null) {
      acks.forget(ackId);
    }
  }

  void onAnswer(long ackId, List<@Nullable Object> arguments) {
    if (acks != null) {
      acks.complete(ackId, arguments);
    }
  }

  void end() {
    if (acks != null) {
      acks.failAll();
    }
  }

  private void sayNow(Message message, WirePacket packet, Flags flags) {
    tellOutgoing(message);
    if (!flags.volatil()) {
      send(packet, null, 0);
    } else if (!socket.ended()) {
      socket.outlet().sendVolatile(packet);
    }
  }

  private void send(WirePacket packet, @Nullable MarkReceiver receiver, long mark) {
    if (!socket.ended()) {
      socket.outlet().send(packet, receiver, mark);
    }
  }

  private static WirePacket flagged(WirePacket packet, Flags flags) {
    return flags.compress() ? packet : packet.uncompressed();
  }

  private void tellOutgoing(Message message) {
    if (socket.namespace().expectsOutgoing()) {
      tellOutgoing(message, socket.listeners());
    }
  }

  private void tellOutgoing(Message message, Listeners listeners) {
    if (listeners.hasOutgoing() && socket.connected()) {
      String event = String.valueOf(message.arguments().getFirst());
      List<@Nullable Object> arguments = message.arguments().subList(1, message.arguments().size());
      listeners.forEach(
          OnOutgoing.class,
          on ->
              socket.guard(
                  "a listener of outgoing events",
                  () -> on.listener().onOutgoing(event, arguments)));
    }
  }

  private PendingAcks acks() {
    if (acks == null) {
      acks = new PendingAcks();
    }
    return acks;
  }
}
