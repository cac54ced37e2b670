package io.realtime.socketio.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that a client sent.
 *
 * @param arguments without the name; values as {@link
 *     io.realtime.socketio.protocol.socketio.SocketPacket} describes them
 * @param ack answers the client; does nothing when it asked for no answer, and nothing the second
 *     time
 */
public record ClientEvent(
    Socket socket, String name, List<@Nullable Object> arguments, AckReply ack) {

  /** Answers an event. May be called from any thread. */
  public interface AckReply {
    /** Whether the client waits for an answer. */
    boolean wanted();

    void send(@Nullable Object... arguments);
  }
}
