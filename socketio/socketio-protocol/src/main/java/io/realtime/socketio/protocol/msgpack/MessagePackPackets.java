package io.realtime.socketio.protocol.msgpack;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.protocol.socketio.DecodeLimits;
import io.realtime.socketio.protocol.socketio.DecodeResult;
import io.realtime.socketio.protocol.socketio.PacketReader;
import io.realtime.socketio.protocol.socketio.PacketRules;
import io.realtime.socketio.protocol.socketio.SocketPacket;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads packets, of which each is one message; so it never holds anything. */
final class MessagePackPackets implements PacketReader {
  private final DecodeLimits limits;

  MessagePackPackets(DecodeLimits limits) {
    this.limits = limits;
  }

  @Override
  public DecodeResult accept(String text) {
    throw new MalformedPacketException("text message (expected: a binary one)");
  }

  @Override
  public DecodeResult accept(byte[] bytes) {
    if (!(new MessagePackReader(bytes, limits).document() instanceof Map<?, ?> fields)) {
      throw new MalformedPacketException("packet: no map");
    }
    return new DecodeResult.Complete(packet(MessagePackParser.object(fields)));
  }

  @Override
  public void reset() {}

  /** Fields that we do not know are ignored, as upstream does: its client sends some. */
  private SocketPacket packet(Map<String, @Nullable Object> fields) {
    if (!(fields.get("nsp") instanceof String namespace)) {
      throw new MalformedPacketException("namespace: no text");
    }
    PacketRules.checkNamespace(namespace, limits);
    if (!(fields.get("type") instanceof Integer type)) {
      throw unknownType();
    }
    return switch (type) {
      case MessagePackParser.CONNECT -> new SocketPacket.Connect(namespace, auth(fields));
      case MessagePackParser.DISCONNECT -> {
        if (fields.containsKey("data")) {
          throw PacketRules.invalidPayload("DISCONNECT", "none");
        }
        yield new SocketPacket.Disconnect(namespace);
      }
      case MessagePackParser.EVENT -> {
        List<@Nullable Object> arguments = arguments(fields);
        PacketRules.checkEvent(arguments);
        yield new SocketPacket.Event(namespace, ackId(fields), arguments);
      }
      case MessagePackParser.ACK ->
          new SocketPacket.Ack(
              namespace,
              ackId(fields).orElseThrow(() -> new MalformedPacketException("ACK: no id")),
              arguments(fields));
      case MessagePackParser.CONNECT_ERROR ->
          new SocketPacket.ConnectError(namespace, refusal(fields));
      default -> throw unknownType();
    };
  }

  private static Map<String, @Nullable Object> auth(Map<String, @Nullable Object> fields) {
    if (!fields.containsKey("data")) {
      return Map.of();
    }
    if (fields.get("data") instanceof Map<?, ?> auth) {
      return Collections.unmodifiableMap(MessagePackParser.object(auth));
    }
    throw PacketRules.invalidPayload("CONNECT", "an object or none");
  }

  private static List<@Nullable Object> arguments(Map<String, @Nullable Object> fields) {
    if (fields.get("data") instanceof List<?> arguments) {
      return Collections.unmodifiableList(arguments);
    }
    throw PacketRules.invalidPayload("EVENT or ACK", "an array");
  }

  private static Object refusal(Map<String, @Nullable Object> fields) {
    Object payload = fields.get("data");
    if (payload instanceof String || payload instanceof Map<?, ?>) {
      return payload;
    }
    throw PacketRules.invalidPayload("CONNECT_ERROR", "a string or an object");
  }

  private static OptionalLong ackId(Map<String, @Nullable Object> fields) {
    if (!fields.containsKey("id")) {
      return OptionalLong.empty();
    }
    Object id = fields.get("id");
    if (id instanceof Integer || id instanceof Long) {
      long value = ((Number) id).longValue();
      if (value >= 0 && value <= PacketRules.MAX_ACK_ID) {
        return OptionalLong.of(value);
      }
    }
    throw new MalformedPacketException("ack id: no integer within JavaScript's range");
  }

  private static MalformedPacketException unknownType() {
    return new MalformedPacketException("packet type: unknown (expected: 0 to 4)");
  }
}
