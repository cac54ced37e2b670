package io.realtime.socketio.server.adapter;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A socket as another node knows it: JDK values only. A snapshot.
 *
 * @param handshake as {@link io.realtime.socketio.server.api.Handshake#toMap} gives it
 * @param data the application's data of the socket
 */
public record SocketRecord(
    String id,
    Map<String, @Nullable Object> handshake,
    Set<String> rooms,
    Map<String, Object> data) {}
