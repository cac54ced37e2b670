package io.realtime.socketio.protocol.socketio;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One Socket.IO packet. A JSON value is a {@code Map<String, Object>} (in source order), {@code
 * List}, {@code String}, {@code Integer}, {@code Long}, {@code BigInteger}, {@code Double}, {@code
 * BigDecimal}, {@code Boolean}, {@code null} or, for an attachment, {@code byte[]}; an encoder also
 * takes {@link RawJson}. BINARY_EVENT and BINARY_ACK are an event or ack that holds bytes: a matter
 * of the wire, not of the model.
 */
public sealed interface SocketPacket {

  /** Always begins with {@code /}. */
  String namespace();

  /**
   * {@code 0}. The payload is an object or absent (empty): {@code auth} from a client, {@code {sid,
   * pid}} from a server.
   */
  record Connect(String namespace, Map<String, @Nullable Object> payload) implements SocketPacket {}

  /** {@code 1}. */
  record Disconnect(String namespace) implements SocketPacket {}

  /**
   * {@code 2} or {@code 5}. The first argument is the event's name: a string, or a number as
   * upstream allows.
   */
  record Event(String namespace, OptionalLong ackId, List<@Nullable Object> arguments)
      implements SocketPacket {}

  /** {@code 3} or {@code 6}. */
  record Ack(String namespace, long ackId, List<@Nullable Object> arguments)
      implements SocketPacket {}

  /** {@code 4}. The payload is {@code {message, data?}}, or a string towards revision 3 clients. */
  record ConnectError(String namespace, Object payload) implements SocketPacket {}
}
