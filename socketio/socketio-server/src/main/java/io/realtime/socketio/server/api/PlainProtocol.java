package io.realtime.socketio.server.api;

import io.realtime.socketio.protocol.engineio.MalformedPacketException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a WebSocket without Socket.IO speaks: one event a text frame. Its connections are sockets of
 * a namespace like any other: same middlewares, rooms, broadcasts, bounds and write marks (proven
 * by the RFC 6455 pong). Stateless; any thread.
 */
public interface PlainProtocol {

  /** Names the wire format; the key under which {@link Message} keeps its encodings. */
  String name();

  /** One text frame, in UTF-8, for an event. */
  byte[] encode(List<@Nullable Object> event);

  /**
   * One text frame, in UTF-8, that answers a client's event.
   *
   * @param ackId what {@link #decode} gave for that event
   */
  byte[] encodeAck(String ackId, List<@Nullable Object> arguments);

  /**
   * One text frame, in UTF-8, that tells a client why it is refused, before the connection is
   * closed.
   */
  byte[] encodeRefusal(String message, Map<String, @Nullable Object> payload);

  /** What a client's text frame says. */
  Decoded decode(String frame) throws MalformedPacketException;

  /**
   * An event of a client: its name, arguments, and the id under which it wants an answer, in a form
   * that only the protocol understands.
   */
  record Decoded(String event, List<@Nullable Object> arguments, Optional<String> ackId) {}
}
