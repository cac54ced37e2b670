/**
 * RFC 6455 on one connection: reading and writing frames, limits, the closing handshake. Everything
 * here belongs to the home loop of its connection. May import Netty buffers and channels, the loop
 * package, and socketio-server's transport package.
 */
@NullMarked
package io.realtime.socketio.netty.websocket;

import org.jspecify.annotations.NullMarked;
