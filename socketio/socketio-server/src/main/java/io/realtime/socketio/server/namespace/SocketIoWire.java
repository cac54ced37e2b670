package io.realtime.socketio.server.namespace;

import io.realtime.socketio.protocol.socketio.SocketPacket;
import io.realtime.socketio.protocol.socketio.SocketPacketEncoder;
import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.engine.WirePacket;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Socket.IO packets of a server, encoded. Pure; any thread. */
final class SocketIoWire {
  private SocketIoWire() {}

  /** Under which a {@link Message} keeps its encoding: the namespace is part of the bytes. */
  static String formatOf(String namespace) {
    return "socket.io-5:" + namespace;
  }

  /**
   * A prepared event, encoded the first time.
   *
   * @throws IllegalArgumentException for arguments that have no JSON form
   */
  static WirePacket encode(String format, String namespace, Message message) {
    return (WirePacket)
        message.encoded(
            format,
            fresh ->
                of(new SocketPacket.Event(namespace, OptionalLong.empty(), fresh.arguments())));
  }

  static WirePacket question(String namespace, List<@Nullable Object> event, long ackId) {
    return of(new SocketPacket.Event(namespace, OptionalLong.of(ackId), event));
  }

  static WirePacket ack(String namespace, long ackId, List<@Nullable Object> arguments) {
    return of(new SocketPacket.Ack(namespace, ackId, arguments));
  }

  static WirePacket connected(String namespace, String socketId) {
    return of(new SocketPacket.Connect(namespace, Map.of("sid", socketId)));
  }

  static WirePacket refused(String namespace, Map<String, @Nullable Object> payload) {
    return of(new SocketPacket.ConnectError(namespace, payload));
  }

  static WirePacket disconnected(String namespace) {
    return of(new SocketPacket.Disconnect(namespace));
  }

  private static WirePacket of(SocketPacket packet) {
    return WirePacket.of(SocketPacketEncoder.encode(packet));
  }
}
