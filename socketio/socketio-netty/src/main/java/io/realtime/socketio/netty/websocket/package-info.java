/**
 * RFC 6455 on one connection: reading and writing frames, compression (RFC 7692), limits, the
 * closing handshake. Everything here belongs to the home loop of its connection. May import Netty
 * buffers and channels, the loop and tls packages, and socketio-server's transport and http
 * packages.
 */
@NullMarked
package io.realtime.socketio.netty.websocket;

import org.jspecify.annotations.NullMarked;
