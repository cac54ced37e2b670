package io.realtime.socketio.server.namespace;

import io.realtime.socketio.protocol.socketio.EncodedPacket;
import io.realtime.socketio.server.engine.WirePacket;
import io.realtime.socketio.server.recovery.EventDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An encoded event that ends in the place for its position. The first draft takes the bytes
 * themselves, since most events are emitted once; later ones take copies, in which it does not
 * matter what stands in that place. Any thread.
 */
final class EventTemplate {
  private final EncodedPacket packet;
  private final int part;
  private final int at;
  private final AtomicBoolean taken = new AtomicBoolean();

  /**
   * @param part the one that holds the position
   * @param at where it begins there
   */
  EventTemplate(EncodedPacket packet, int part, int at) {
    this.packet = packet;
    this.part = part;
    this.at = at;
  }

  EventDraft draft(List<String> rooms, List<String> except) {
    EncodedPacket own = taken.compareAndSet(false, true) ? packet : copy();
    return new EventDraft(rooms, except, WirePacket.of(own), own.parts().get(part).bytes(), at);
  }

  private EncodedPacket copy() {
    List<EncodedPacket.Part> parts = new ArrayList<>(packet.parts());
    EncodedPacket.Part open = parts.get(part);
    parts.set(part, new EncodedPacket.Part(open.binary(), open.bytes().clone()));
    return new EncodedPacket(List.copyOf(parts));
  }
}
