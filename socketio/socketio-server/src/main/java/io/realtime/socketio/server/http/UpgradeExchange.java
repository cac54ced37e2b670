package io.realtime.socketio.server.http;

import io.realtime.socketio.server.transport.Loop;
import io.realtime.socketio.server.transport.WebSocketEvents;
import java.util.Optional;

/**
 * The way back for one WebSocket upgrade request. Exactly one call is made, once, from any thread.
 */
public interface UpgradeExchange {

  /** The loop that reads this connection now. */
  Loop loop();

  /**
   * Moves the connection to {@code home}, answers 101 with {@code headers} added, and reports
   * everything that follows to {@code events}, on {@code home}. The events' {@code onOpen} comes
   * first, or {@code onClose} alone when the peer has gone.
   */
  void accept(Loop home, HttpHeaders headers, WebSocketLimits limits, WebSocketEvents events);

  /** Answers without upgrading and ends the connection. */
  void refuse(HttpReply reply);

  /**
   * What one WebSocket may send, and how messages are compressed.
   *
   * @param maxMessageBytes a longer message, once it is decompressed, is refused with close code
   *     1009
   * @param messageDeadlineMillis a message that takes longer from its first to its last byte is
   *     refused with 1008
   * @param deflate agreed to when the client offers it; empty: never
   */
  record WebSocketLimits(
      int maxMessageBytes, int messageDeadlineMillis, Optional<MessageDeflate> deflate) {}
}
