package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.ServerOptions.OutboundLimits;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client because its transport cannot take it now: in order, bounded in packets,
 * bytes and age; of packets with a conflation key one for each key, in the place of the first.
 * Empty for a client that keeps up. On the home loop only.
 */
final class Outbox {
  private final OutboundLimits limits;
  private @Nullable ArrayDeque<Waiting> waiting;
  private @Nullable Map<String, Waiting> byKey;
  private int bytes;

  /** Frames of the first packet that are already sent (polling responses may split a packet). */
  private int sentFrames;

  Outbox(OutboundLimits limits) {
    this.limits = limits;
  }

  /** A packet, when the first in its place came, and the mark behind it, if any. */
  static final class Waiting {
    private WirePacket packet;
    private final long sinceNanos;
    private final @Nullable MarkReceiver receiver;
    private final long mark;

    private Waiting(
        WirePacket packet, long sinceNanos, @Nullable MarkReceiver receiver, long mark) {
      this.packet = packet;
      this.sinceNanos = sinceNanos;
      this.receiver = receiver;
      this.mark = mark;
    }

    WirePacket packet() {
      return packet;
    }

    @Nullable MarkReceiver receiver() {
      return receiver;
    }

    long mark() {
      return mark;
    }
  }

  /**
   * Puts {@code packet} in place of the one with its conflation key, if one waits whole. False, and
   * nothing changed, when none does, or when it would go past the bound of bytes.
   */
  boolean conflate(WirePacket packet) {
    String key = packet.conflationKey();
    Waiting older = key == null || byKey == null ? null : byKey.get(key);
    if (older == null || (sentFrames > 0 && older == first())) {
      return false;
    }
    int after = bytes - older.packet.bytes() + packet.bytes();
    if (after > limits.maxBytes()) {
      return false;
    }
    older.packet = packet;
    bytes = after;
    return true;
  }

  /** Queues a packet; false, and nothing queued, when that would go past a bound. */
  boolean offer(WirePacket packet, long nowNanos, @Nullable MarkReceiver receiver, long mark) {
    if (waiting == null) {
      waiting = new ArrayDeque<>(4);
    }
    if (waiting.size() >= limits.maxPackets() || bytes + packet.bytes() > limits.maxBytes()) {
      return false;
    }
    Waiting last = new Waiting(packet, nowNanos, receiver, mark);
    waiting.add(last);
    bytes += packet.bytes();
    if (packet.conflationKey() != null) {
      remember(packet.conflationKey(), last);
    }
    return true;
  }

  /** One with a mark stays as it is, and what comes behind it stays behind it. */
  private void remember(String key, Waiting last) {
    if (byKey == null) {
      byKey = new HashMap<>(2);
    }
    if (last.receiver == null) {
      byKey.put(key, last);
    } else {
      byKey.remove(key);
    }
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
    return first().sinceNanos + limits.maxAge().toNanos();
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
    Waiting removed = queue().remove();
    bytes -= removed.packet.bytes();
    sentFrames = 0;
    if (byKey != null && removed.packet.conflationKey() != null) {
      byKey.remove(removed.packet.conflationKey(), removed);
    }
    if (queue().isEmpty()) {
      waiting = null; // an idle connection keeps no queue
      byKey = null;
    }
  }

  void clear() {
    waiting = null;
    byKey = null;
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
