package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.ServerOptions.OutboundLimits;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client because its transport cannot take it now: in order, bounded in packets,
 * bytes and age. Empty for a client that keeps up. On the home loop only.
 */
final class Outbox {
  private final OutboundLimits limits;
  private @Nullable ArrayDeque<Waiting> waiting;
  private int bytes;

  /** Frames of the first packet that are already sent (polling responses may split a packet). */
  private int sentFrames;

  Outbox(OutboundLimits limits) {
    this.limits = limits;
  }

  /** A packet, when it came, and the mark behind it, if any. */
  record Waiting(WirePacket packet, long sinceNanos, @Nullable MarkReceiver receiver, long mark) {}

  /** Queues a packet; false, and nothing queued, when that would go past a bound. */
  boolean offer(WirePacket packet, long nowNanos, @Nullable MarkReceiver receiver, long mark) {
    if (waiting == null) {
      waiting = new ArrayDeque<>(4);
    }
    if (waiting.size() >= limits.maxPackets() || bytes + packet.bytes() > limits.maxBytes()) {
      return false;
    }
    waiting.add(new Waiting(packet, nowNanos, receiver, mark));
    bytes += packet.bytes();
    return true;
  }

  boolean isEmpty() {
    return waiting == null || waiting.isEmpty();
  }

  int packets() {
    return waiting == null ? 0 : waiting.size();
  }

  int bytes() {
    return bytes;
  }

  /** When the oldest packet becomes too old; only when not empty. */
  long expiresAt() {
    return first().sinceNanos() + limits.maxAge().toNanos();
  }

  Waiting first() {
    return queue().element();
  }

  int sentFrames() {
    return sentFrames;
  }

  /** The whole first packet was sent. */
  Waiting take() {
    Waiting first = first();
    removeFirst();
    return first;
  }

  /** The next frame of the first packet was sent; true when that was its last one. */
  boolean frameSent() {
    sentFrames++;
    if (sentFrames < first().packet().frameCount()) {
      return false;
    }
    removeFirst();
    return true;
  }

  private void removeFirst() {
    bytes -= queue().remove().packet().bytes();
    sentFrames = 0;
    if (queue().isEmpty()) {
      waiting = null; // an idle connection keeps no queue
    }
  }

  void clear() {
    waiting = null;
    bytes = 0;
    sentFrames = 0;
  }

  private ArrayDeque<Waiting> queue() {
    ArrayDeque<Waiting> queue = waiting;
    if (queue == null) {
      throw new IllegalStateException("outbox: empty (expected: a packet)");
    }
    return queue;
  }
}
