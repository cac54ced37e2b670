package io.realtime.socketio.server.engine;

import io.realtime.socketio.server.api.DisconnectReason;
import io.realtime.socketio.server.api.TransportName;
import io.realtime.socketio.server.http.HttpRequest;
import io.realtime.socketio.server.loop.HomeLoop;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection as the layer above writes to it: an Engine.IO session or a plain
 * WebSocket. {@link #home}, {@link #request}, {@link #issued} and {@link #transport} may be called
 * from any thread, everything else on the home loop only.
 */
public interface Connection {

  HomeLoop home();

  /** The request that opened it. */
  HttpRequest request();

  /** When it was opened. */
  Instant issued();

  TransportName transport();

  /** Revision of the Engine.IO protocol: 4 or 3; 0 for a plain WebSocket. Any thread. */
  int protocol();

  boolean isOpen();

  /**
   * Queues a packet; it leaves at the end of this turn if the transport can take it. When that goes
   * past an outbound bound the connection is closed as a slow consumer, by a task of its own, so
   * that nobody who is sending sees his sockets change.
   */
  void send(WirePacket packet);

  /** As {@link #send}, with a write mark behind the packet, of whose receipt proof is asked for. */
  void send(WirePacket packet, @Nullable MarkReceiver receiver, long mark);

  /** Sends a packet if the transport can take it now; false when it was dropped. */
  boolean sendVolatile(WirePacket packet);

  /** Reports no more proof to {@code receiver}. */
  void forget(MarkReceiver receiver);

  /** Asks for the client's part of the heartbeat now, unless that is awaited or not ours to ask. */
  void pingNow();

  /** Tells {@code receiver} of heartbeats from here on. */
  void onBeats(BeatReceiver receiver);

  /** The receiver has joined its first namespace: for the count of those that have not. */
  void onFirstNamespace();

  /** Ends it by a plain close of the transport, behind what is queued. */
  void close(DisconnectReason reason);
}
