package io.realtime.socketio.protocol.msgpack;

import io.realtime.socketio.protocol.socketio.DecodeLimits;
import io.realtime.socketio.protocol.socketio.EncodedPacket;
import io.realtime.socketio.protocol.socketio.PacketParser;
import io.realtime.socketio.protocol.socketio.PacketReader;
import io.realtime.socketio.protocol.socketio.PacketRules;
import io.realtime.socketio.protocol.socketio.SocketPacket;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The format of the npm package {@code socket.io-msgpack-parser}, for clients that are made with
 * it: smaller numbers, and bytes where they stand. {@code {type, data, id, nsp}}, of which data and
 * id may be absent.
 */
public final class MessagePackParser implements PacketParser {
  static final int CONNECT = 0;
  static final int DISCONNECT = 1;
  static final int EVENT = 2;
  static final int ACK = 3;
  static final int CONNECT_ERROR = 4;

  @Override
  public String name() {
    return "msgpack";
  }

  @Override
  public PacketReader reader(DecodeLimits limits) {
    return new MessagePackPackets(limits);
  }

  @Override
  public boolean mayConnect(String text) {
    return false;
  }

  /** Whether it is a small map. */
  @Override
  public boolean mayConnect(byte[] bytes) {
    return bytes.length > 0 && (bytes[0] & 0xf0) == Code.FIX_MAP;
  }

  @Override
  public EncodedPacket encode(SocketPacket packet) {
    MessagePackWriter writer = new MessagePackWriter();
    switch (packet) {
      case SocketPacket.Connect connect when connect.payload().isEmpty() ->
          begin(writer, CONNECT, packet, 2);
      case SocketPacket.Connect connect ->
          begin(writer, CONNECT, packet, 3).value("data").value(connect.payload());
      case SocketPacket.Disconnect _ -> begin(writer, DISCONNECT, packet, 2);
      case SocketPacket.ConnectError error ->
          begin(writer, CONNECT_ERROR, packet, 3).value("data").value(error.payload());
      case SocketPacket.Event event -> event(writer, event);
      case SocketPacket.Ack ack -> {
        begin(writer, ACK, packet, 4).value("data").value(ack.arguments());
        writer.value("id").value(ack.ackId());
      }
    }
    return EncodedPacket.ofBytes(writer.toBytes());
  }

  private static void event(MessagePackWriter writer, SocketPacket.Event event) {
    List<@Nullable Object> arguments = event.arguments();
    if (arguments.isEmpty() || !PacketRules.isEventName(arguments.getFirst())) {
      throw new IllegalArgumentException(
          "event name: missing or reserved (expected: a string or number that is not reserved)");
    }
    boolean asks = event.ackId().isPresent();
    begin(writer, EVENT, event, asks ? 4 : 3).value("data").value(arguments);
    if (asks) {
      writer.value("id").value(event.ackId().getAsLong());
    }
  }

  private static MessagePackWriter begin(
      MessagePackWriter writer, int type, SocketPacket packet, int entries) {
    return writer
        .mapHeader(entries)
        .value("type")
        .value(type)
        .value("nsp")
        .value(packet.namespace());
  }

  static Map<String, @Nullable Object> object(Map<?, ?> decoded) {
    @SuppressWarnings("unchecked") // MessagePackReader takes no name but text
    Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) decoded;
    return object;
  }
}
