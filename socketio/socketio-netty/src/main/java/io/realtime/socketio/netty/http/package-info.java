/**
 * HTTP/1.1 on one connection: strict parsing, bounded bodies, deadlines, ordered answers, streams,
 * and the hand-over to a WebSocket. Everything here belongs to the event loop of its connection
 * except the exchanges, which take calls from any thread. May import Netty, the loop, tls and
 * websocket packages, and socketio-server's http and transport packages.
 */
@NullMarked
package io.realtime.socketio.netty.http;

import org.jspecify.annotations.NullMarked;
