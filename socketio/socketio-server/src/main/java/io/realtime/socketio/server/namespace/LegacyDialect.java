package io.realtime.socketio.server.namespace;

import io.realtime.socketio.protocol.socketio.SocketPacket;
import io.realtime.socketio.server.api.ConnectRefused;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Socket.IO 2: the main namespace is joined at once, the session's id is part of every socket's id,
 * and a namespace's query is what a client says of itself there.
 */
final class LegacyDialect implements Dialect {
  private final String sessionId;

  LegacyDialect(String sessionId) {
    this.sessionId = sessionId;
  }

  @Override
  public boolean recovers() {
    return false;
  }

  @Override
  public boolean joinsMainNamespace() {
    return true;
  }

  @Override
  public String socketId(String namespace) {
    return namespace.equals("/") ? sessionId : namespace + "#" + sessionId;
  }

  @Override
  public String namespaceOf(SocketPacket packet) {
    String name = packet.namespace();
    int end = queryStart(name);
    return end < 0 ? name : name.substring(0, end);
  }

  @Override
  public Map<String, @Nullable Object> authOf(SocketPacket.Connect connect) {
    String name = connect.namespace();
    int start = queryStart(name);
    Map<String, @Nullable Object> auth = new LinkedHashMap<>();
    int at = start < 0 ? name.length() : start + 1;
    while (at < name.length()) {
      int ampersand = name.indexOf('&', at);
      int end = ampersand < 0 ? name.length() : ampersand;
      if (end > at) {
        putParameter(auth, name.substring(at, end));
      }
      at = end + 1;
    }
    return auth;
  }

  /** Both the name and the value are decoded; the last of several values stays. */
  private static void putParameter(Map<String, @Nullable Object> auth, String parameter) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    auth.put(decoded(name), equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
  }

  /** Text with a malformed escape stays as it is. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }

  private static int queryStart(String name) {
    return name.indexOf('?');
  }

  @Override
  public Map<String, @Nullable Object> welcome(NamespaceSocket socket) {
    return Map.of();
  }

  @Override
  public Object refusal(ConnectRefused refused) {
    Optional<Map<String, @Nullable Object>> data = refused.payload();
    return data.isPresent() ? data.get() : String.valueOf(refused.getMessage());
  }
}
