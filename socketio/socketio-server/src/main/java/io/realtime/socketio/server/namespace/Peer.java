package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.api.Message;
import io.realtime.socketio.server.engine.Connection;
import io.realtime.socketio.server.engine.WirePacket;

/** The client of a socket: its connection, and how things are said on it. */
interface Peer {

  Connection connection();

  /** The prepared event in this client's wire format; any thread. */
  WirePacket encode(Message message);

  /**
   * An event that asks for an answer; any thread.
   *
   * @param question is asked under this id only
   * @throws UnsupportedOperationException when the wire format has no such thing
   */
  WirePacket encodeQuestion(Message question, long ackId);

  /** The socket has ended by itself: tells the client, unless it was the client's wish. */
  void onSocketEnd(NamespaceSocket socket, boolean tellClient);

  /** Ends all sockets of the client and then the connection. */
  void disconnectAll();
}
