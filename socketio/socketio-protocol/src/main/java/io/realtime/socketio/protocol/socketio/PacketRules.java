package io.realtime.socketio.protocol.socketio;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a packet must be like whatever its format. */
public final class PacketRules {

  /** The greatest integer that JavaScript counts to exactly. */
  public static final long MAX_ACK_ID = (1L << 53) - 1;

  private PacketRules() {}

  /**
   * @throws MalformedPacketException when {@code namespace} is none that a client may name
   */
  public static void checkNamespace(String namespace, DecodeLimits limits) {
    if (!namespace.startsWith("/")) {
      throw new MalformedPacketException("namespace: no leading slash");
    }
    if (namespace.length() > limits.maxNamespaceLength()) {
      throw new MalformedPacketException(
          "namespace: longer than " + limits.maxNamespaceLength() + " characters");
    }
    // a refusal echoes the name, and a control character could end the packet it stands in
    for (int i = 0; i < namespace.length(); i++) {
      if (namespace.charAt(i) < ' ') {
        throw new MalformedPacketException("namespace: holds a control character");
      }
    }
  }

  /**
   * @throws MalformedPacketException when {@code arguments} do not begin with an event's name
   */
  public static void checkEvent(List<? extends @Nullable Object> arguments) {
    Object name = arguments.isEmpty() ? null : arguments.getFirst();
    if (name instanceof String text && ReservedEvents.contains(text)) {
      throw new MalformedPacketException("event name: reserved");
    }
    if (!isEventName(name)) {
      throw invalidPayload("EVENT", "an array that begins with a name");
    }
  }

  /** A string that is not reserved, or a number, as upstream allows. */
  public static boolean isEventName(@Nullable Object name) {
    return name instanceof Number
        || (name instanceof String text && !ReservedEvents.contains(text));
  }

  public static MalformedPacketException invalidPayload(String type, String expected) {
    return new MalformedPacketException(type + ": invalid payload (expected: " + expected + ")");
  }
}
