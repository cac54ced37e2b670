package io.realtime.socketio.protocol.socketio;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes packets of Socket.IO protocol revision 5: {@code <type>[<attachments>-][<namespace>,][<ack
 * id>][JSON]}, with the Engine.IO message type in front. Pure functions; any thread.
 *
 * @see <a href="https://socket.io/docs/v4/socket-io-protocol/">Socket.IO protocol</a>
 */
public final class SocketPacketEncoder {
  private static final char ENGINE_MESSAGE = '4';
  private static final int TYPE_INDEX = 1;
  private static final int COUNT_INDEX = 2;
  private static final int HEADER_ESTIMATE = 24;

  private SocketPacketEncoder() {}

  /**
   * Byte arrays in an event or ack become attachments.
   *
   * @throws IllegalArgumentException for a value that has no JSON form, bytes outside of events and
   *     acks, a value nested deeper than 1000, or a reserved event name: faults of the caller
   */
  public static EncodedPacket encode(SocketPacket packet) {
    return switch (packet) {
      case SocketPacket.Connect(String namespace, Map<String, @Nullable Object> payload) ->
          plain(PacketCode.CONNECT, namespace, payload.isEmpty() ? null : payload);
      case SocketPacket.Disconnect(String namespace) ->
          plain(PacketCode.DISCONNECT, namespace, null);
      case SocketPacket.ConnectError(String namespace, Object payload) ->
          plain(PacketCode.CONNECT_ERROR, namespace, payload);
      case SocketPacket.Event event -> {
        requireEventName(event.arguments());
        JsonText text = begin(PacketCode.EVENT, event.namespace(), event.arguments());
        if (event.ackId().isPresent()) {
          text.number(event.ackId().getAsLong());
        }
        yield withAttachments(PacketCode.BINARY_EVENT, text, event.arguments());
      }
      case SocketPacket.Ack(String namespace, long ackId, List<@Nullable Object> arguments) -> {
        JsonText text = begin(PacketCode.ACK, namespace, arguments);
        text.number(ackId);
        yield withAttachments(PacketCode.BINARY_ACK, text, arguments);
      }
    };
  }

  private static EncodedPacket plain(char code, String namespace, @Nullable Object payload) {
    JsonText text = header(code, namespace, payload == null ? 0 : 64);
    if (payload != null) {
      text.value(payload);
    }
    if (!text.attachments().isEmpty()) {
      throw new IllegalArgumentException("payload: holds bytes (expected: only in event and ack)");
    }
    return EncodedPacket.of(text.toBytes(), List.of());
  }

  private static JsonText begin(char code, String namespace, List<@Nullable Object> arguments) {
    int estimate = 2;
    for (Object argument : arguments) {
      estimate += JsonText.estimate(argument) + 1;
    }
    return header(code, namespace, estimate);
  }

  private static JsonText header(char code, String namespace, int estimate) {
    JsonText text = new JsonText(HEADER_ESTIMATE + namespace.length() + estimate);
    text.ascii(ENGINE_MESSAGE);
    text.ascii(code);
    if (namespace.length() != 1) {
      text.plain(namespace);
      text.ascii(',');
    }
    return text;
  }

  private static EncodedPacket withAttachments(
      char binaryCode, JsonText text, List<@Nullable Object> arguments) {
    text.array(arguments);
    List<byte[]> attachments = text.attachments();
    if (!attachments.isEmpty()) {
      text.replace(TYPE_INDEX, binaryCode);
      text.insertCount(COUNT_INDEX, attachments.size());
    }
    return EncodedPacket.of(text.toBytes(), attachments);
  }

  private static void requireEventName(List<@Nullable Object> arguments) {
    if (arguments.isEmpty() || !PacketRules.isEventName(arguments.getFirst())) {
      throw new IllegalArgumentException(
          "event name: missing or reserved (expected: a string or number that is not reserved)");
    }
  }
}
