package io.realtime.socketio.protocol.socketio;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The attachments of one packet and the places in its values that wait for them. Used by one
 * thread.
 */
final class Attachments {
  private static final Attachments NONE = new Attachments(-1);

  private final int declared;
  private final List<byte[]> arrived = new ArrayList<>(0);
  private final List<Slot> slots = new ArrayList<>(0);

  /**
   * Of a packet that declares them; none may be declared, and then no placeholder may stand in it.
   */
  Attachments(int declared) {
    this.declared = declared;
  }

  /**
   * Of a packet that cannot have any: what looks like a placeholder in it is an ordinary object.
   */
  static Attachments none() {
    return NONE;
  }

  /**
   * The number in a placeholder, or -1 when the object is an ordinary one.
   *
   * @throws MalformedPacketException for a placeholder of an attachment that was not declared
   */
  int placeholder(Map<String, @Nullable Object> object) {
    if (declared < 0 || !Boolean.TRUE.equals(object.get(Placeholders.MARK))) {
      return -1;
    }
    if (object.get(Placeholders.NUMBER) instanceof Integer number
        && number >= 0
        && number < declared) {
      return number;
    }
    throw new MalformedPacketException("illegal attachments (expected: num below their count)");
  }

  /** {@code place} takes the attachment when it is there. */
  void await(int number, Consumer<byte[]> place) {
    slots.add(new Slot(number, place));
  }

  int missing() {
    return Math.max(0, declared) - arrived.size();
  }

  void add(byte[] attachment) {
    arrived.add(attachment);
  }

  /** Puts every attachment in its places; none is missing. */
  void fill() {
    for (Slot slot : slots) {
      slot.place().accept(arrived.get(slot.number()));
    }
  }

  private record Slot(int number, Consumer<byte[]> place) {}
}
