package io.realtime.socketio.server.namespace;

import io.realtime.socketio.protocol.socketio.SocketPacket;
import io.realtime.socketio.server.api.ConnectRefused;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of one generation of Socket.IO expect of a server, beyond the form of the
 * packets. Belongs to one connection, on whose home loop it is called.
 */
interface Dialect {

  /** Whether its clients can take up a session. */
  boolean recovers();

  /** Whether the server joins the client to the main namespace without being asked. */
  boolean joinsMainNamespace();

  /** The id of the connection's socket in {@code namespace}. */
  String socketId(String namespace);

  /** The namespace that a client's packet is for. */
  String namespaceOf(SocketPacket packet);

  /** What a client says of itself when it connects to a namespace. */
  Map<String, @Nullable Object> authOf(SocketPacket.Connect connect);

  /** What the answer to a CONNECT tells; empty for nothing. */
  Map<String, @Nullable Object> welcome(NamespaceSocket socket);

  /** What the refusal of a middleware tells: an object or a string. */
  Object refusal(ConnectRefused refused);
}
