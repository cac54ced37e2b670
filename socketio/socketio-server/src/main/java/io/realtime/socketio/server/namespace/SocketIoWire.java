package io.realtime.socketio.server.namespace;

import io.realtime.socketio.protocol.socketio.EncodedPacket;
import io.realtime.socketio.protocol.socketio.PacketParser;
import io.realtime.socketio.protocol.socketio.SocketPacket;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.engine.WirePacket;
import io.realtime.socketio.server.recovery.EventDraft;
import io.realtime.socketio.server.recovery.Positions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Socket.IO packets of one namespace, encoded. Immutable; any thread. */
final class SocketIoWire {
  private final PacketParser parser;
  private final String namespace;

  /** Under which a {@link Message} keeps its encoding: the namespace is part of the bytes. */
  private final String format;

  SocketIoWire(PacketParser parser, String namespace) {
    this.parser = parser;
    this.namespace = namespace;
    this.format = "socket.io-" + parser.name() + ":" + namespace;
  }

  /**
   * A prepared event, encoded the first time.
   *
   * @throws IllegalArgumentException for arguments that the parser has no form for
   */
  WirePacket encode(Message message) {
    return (WirePacket)
        message.encoded(
            format,
            fresh ->
                conflatable(
                    fresh,
                    of(
                        new SocketPacket.Event(
                            namespace, OptionalLong.empty(), fresh.arguments()))));
  }

  private WirePacket conflatable(Message message, WirePacket packet) {
    return message
        .conflationKey()
        .map(key -> packet.conflatedBy(namespace + ',' + key)) // no namespace holds a comma
        .orElse(packet);
  }

  /**
   * An event that asks for an answer, encoded the first time.
   *
   * @param question is asked under this id only
   */
  WirePacket question(Message question, long ackId) {
    return (WirePacket)
        question.encoded(
            format,
            fresh ->
                of(new SocketPacket.Event(namespace, OptionalLong.of(ackId), fresh.arguments())));
  }

  WirePacket ack(long ackId, List<@Nullable Object> arguments) {
    return of(new SocketPacket.Ack(namespace, ackId, arguments));
  }

  /**
   * @param payload what the client is told; empty for none
   */
  WirePacket connected(Map<String, @Nullable Object> payload) {
    return of(new SocketPacket.Connect(namespace, payload));
  }

  /**
   * @param payload an object, or a string towards clients of Socket.IO 2
   */
  WirePacket refused(Object payload) {
    return of(new SocketPacket.ConnectError(namespace, payload));
  }

  WirePacket disconnected() {
    return of(new SocketPacket.Disconnect(namespace));
  }

  /** Under which a {@link Message} keeps its form for a log with these positions. */
  String draftFormat(Positions positions) {
    return format + " " + positions.placeholder();
  }

  /**
   * An event with room for its position in a log, for which nothing is encoded twice.
   *
   * @param draftFormat {@link #draftFormat} of the positions
   * @throws IllegalArgumentException as {@link #encode}
   */
  EventDraft draft(
      Message message,
      String draftFormat,
      Positions positions,
      List<String> rooms,
      List<String> except) {
    EventTemplate template =
        (EventTemplate) message.encoded(draftFormat, fresh -> template(fresh, positions));
    return template.draft(rooms, except);
  }

  private EventTemplate template(Message message, Positions positions) {
    int count = message.arguments().size();
    @Nullable Object[] arguments = message.arguments().toArray(new Object[count + 1]);
    arguments[count] = positions.placeholder();
    EncodedPacket packet =
        parser.encode(
            new SocketPacket.Event(namespace, OptionalLong.empty(), Arrays.asList(arguments)));
    byte[] wanted = positions.placeholderBytes();
    for (int part = 0; part < packet.parts().size(); part++) {
      int at = lastIndexOf(packet.parts().get(part).bytes(), wanted);
      if (at >= 0) {
        return new EventTemplate(packet, part, at);
      }
    }
    throw new IllegalStateException(
        "parser: " + parser.name() + " (expected: one that writes text as it is)");
  }

  private static int lastIndexOf(byte[] in, byte[] wanted) {
    for (int at = in.length - wanted.length; at >= 0; at--) {
      if (Arrays.equals(in, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  private WirePacket of(SocketPacket packet) {
    return WirePacket.of(parser.encode(packet));
  }
}
