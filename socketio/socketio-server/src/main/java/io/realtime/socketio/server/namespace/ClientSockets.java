package io.realtime.socketio.server.namespace;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one client by namespace, of which most clients have one for as long as they are
 * connected: each change makes a new map, which is as small as can be. What {@link #all} returned
 * does not change. On the client's home loop.
 */
final class ClientSockets {
  private Map<String, NamespaceSocket> byNamespace = Map.of();

  @Nullable NamespaceSocket find(String namespace) {
    return byNamespace.get(namespace);
  }

  Collection<NamespaceSocket> all() {
    return byNamespace.values();
  }

  int size() {
    return byNamespace.size();
  }

  void add(String namespace, NamespaceSocket socket) {
    Map<String, NamespaceSocket> more = new HashMap<>(byNamespace);
    more.put(namespace, socket);
    byNamespace = Map.copyOf(more);
  }

  void remove(String namespace) {
    Map<String, NamespaceSocket> fewer = new HashMap<>(byNamespace);
    fewer.remove(namespace);
    byNamespace = Map.copyOf(fewer);
  }

  /** False when another socket is in that namespace, or none. */
  boolean remove(String namespace, NamespaceSocket socket) {
    boolean found = socket.equals(byNamespace.get(namespace));
    if (found) {
      remove(namespace);
    }
    return found;
  }

  /** Those that were there. */
  Collection<NamespaceSocket> removeAll() {
    Collection<NamespaceSocket> removed = byNamespace.values();
    byNamespace = Map.of();
    return removed;
  }
}
