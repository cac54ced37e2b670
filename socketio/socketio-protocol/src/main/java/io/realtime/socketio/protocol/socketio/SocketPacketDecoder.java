package io.realtime.socketio.protocol.socketio;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import io.realtime.socketio.protocol.socketio.PacketHeader.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads packets of Socket.IO protocol revision 5; what has not arrived whole is a packet whose
 * attachments are missing.
 *
 * @see <a href="https://socket.io/docs/v4/socket-io-protocol/">Socket.IO protocol</a>
 */
public final class SocketPacketDecoder implements PacketReader {
  private final DecodeLimits limits;
  private final JsonValues json;
  private @Nullable PendingPacket pending;

  public SocketPacketDecoder(DecodeLimits limits) {
    this.limits = limits;
    this.json = JsonValues.within(limits);
  }

  /**
   * @throws MalformedPacketException also while attachments are missing
   */
  @Override
  public DecodeResult accept(String text) {
    if (pending != null) {
      pending = null;
      throw new MalformedPacketException("text while attachments are missing");
    }
    PacketHeader header = PacketHeader.parse(text, limits);
    if (!header.kind().binary()) {
      return new DecodeResult.Complete(plainPacket(header, text));
    }
    Attachments attachments = new Attachments(header.attachments());
    SocketPacket packet = carrier(header, arguments(header, text, attachments));
    if (attachments.missing() == 0) {
      return new DecodeResult.Complete(packet);
    }
    pending = new PendingPacket(packet, attachments);
    return new DecodeResult.NeedsAttachments(attachments.missing());
  }

  /**
   * @throws MalformedPacketException when no attachment is missing
   */
  @Override
  public DecodeResult accept(byte[] attachment) {
    PendingPacket waiting = pending;
    if (waiting == null) {
      throw new MalformedPacketException("bytes while no attachment is missing");
    }
    Attachments attachments = waiting.attachments();
    attachments.add(attachment);
    if (attachments.missing() > 0) {
      return new DecodeResult.NeedsAttachments(attachments.missing());
    }
    pending = null;
    attachments.fill();
    return new DecodeResult.Complete(waiting.packet());
  }

  @Override
  public void reset() {
    pending = null;
  }

  private SocketPacket plainPacket(PacketHeader header, String text) {
    return switch (header.kind()) {
      case CONNECT -> new SocketPacket.Connect(header.namespace(), connectPayload(header, text));
      case DISCONNECT -> {
        if (header.hasPayload()) {
          throw PacketRules.invalidPayload("DISCONNECT", "none");
        }
        yield new SocketPacket.Disconnect(header.namespace());
      }
      case CONNECT_ERROR ->
          new SocketPacket.ConnectError(header.namespace(), errorPayload(header, text));
      case EVENT, ACK, BINARY_EVENT, BINARY_ACK ->
          carrier(header, arguments(header, text, Attachments.none()));
    };
  }

  private static SocketPacket carrier(PacketHeader header, List<@Nullable Object> arguments) {
    if (header.kind() == Kind.EVENT || header.kind() == Kind.BINARY_EVENT) {
      PacketRules.checkEvent(arguments);
      OptionalLong ackId =
          header.hasAckId() ? OptionalLong.of(header.ackId()) : OptionalLong.empty();
      return new SocketPacket.Event(header.namespace(), ackId, arguments);
    }
    if (!header.hasAckId()) {
      throw new MalformedPacketException("ACK: no id");
    }
    return new SocketPacket.Ack(header.namespace(), header.ackId(), arguments);
  }

  private List<@Nullable Object> arguments(
      PacketHeader header, String text, Attachments attachments) {
    if (header.hasPayload()
        && json.parse(text, header.end(), attachments) instanceof List<?> arguments) {
      return Collections.unmodifiableList(arguments);
    }
    throw PacketRules.invalidPayload("EVENT or ACK", "an array");
  }

  private Map<String, @Nullable Object> connectPayload(PacketHeader header, String text) {
    if (!header.hasPayload()) {
      return Map.of();
    }
    if (json.parse(text, header.end(), Attachments.none()) instanceof Map<?, ?> payload) {
      return JsonValues.asObject(payload);
    }
    throw PacketRules.invalidPayload("CONNECT", "an object or none");
  }

  private Object errorPayload(PacketHeader header, String text) {
    if (header.hasPayload()) {
      Object payload = json.parse(text, header.end(), Attachments.none());
      if (payload instanceof String || payload instanceof Map<?, ?>) {
        return payload;
      }
    }
    throw PacketRules.invalidPayload("CONNECT_ERROR", "a string or an object");
  }

  private record PendingPacket(SocketPacket packet, Attachments attachments) {}
}
