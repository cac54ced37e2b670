package io.realtime.socketio.server.api;

import java.util.Set;

/**
 * Where plain WebSockets are accepted.
 *
 * @param paths exact request paths
 * @param namespace the namespace whose sockets they become
 */
public record PlainRoute(Set<String> paths, String namespace, PlainProtocol protocol) {}
