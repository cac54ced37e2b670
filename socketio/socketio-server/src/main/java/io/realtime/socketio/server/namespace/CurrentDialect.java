package io.realtime.socketio.server.namespace;

import io.realtime.socketio.protocol.socketio.SocketPacket;
import io.realtime.socketio.server.api.ConnectRefused;
import io.realtime.socketio.server.engine.Ids;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Socket.IO since version 3, protocol revision 5. */
final class CurrentDialect implements Dialect {
  private final Ids ids;

  CurrentDialect(Ids ids) {
    this.ids = ids;
  }

  @Override
  public boolean recovers() {
    return true;
  }

  @Override
  public boolean joinsMainNamespace() {
    return false;
  }

  /** Not the session's, which is a secret. */
  @Override
  public String socketId(String namespace) {
    return ids.next();
  }

  @Override
  public String namespaceOf(SocketPacket packet) {
    return packet.namespace();
  }

  @Override
  public Map<String, @Nullable Object> authOf(SocketPacket.Connect connect) {
    return connect.payload();
  }

  @Override
  public Map<String, @Nullable Object> welcome(NamespaceSocket socket) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("sid", socket.id());
    socket.continuity().pid().ifPresent(pid -> told.put("pid", pid));
    return told;
  }

  @Override
  public Object refusal(ConnectRefused refused) {
    return AdmissionChain.payloadOf(refused);
  }
}
