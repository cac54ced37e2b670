/**
 * The library's public face; it reads like Socket.IO. Targets are immutable and may be used from
 * any thread; listeners run on the home loop of their socket, in the order in which packets
 * arrived, and must not block. May import java.base, the http package and socketio-protocol's
 * values.
 */
@NullMarked
package io.realtime.socketio.server.api;

import org.jspecify.annotations.NullMarked;
