package io.realtime.socketio.server.api;

/**
 * Bounds of the namespaces that clients have made.
 *
 * @param maxChildren children of all parents on this node; a CONNECT that would make one more is
 *     refused with {@code data.code TOO_MANY_NAMESPACES}
 * @param cleanupEmpty whether a child goes when its last socket has left
 */
public record DynamicNamespaces(int maxChildren, boolean cleanupEmpty) {

  /** 10,000 children that stay, as Node's do. */
  public static DynamicNamespaces defaults() {
    return new DynamicNamespaces(10_000, false);
  }
}
