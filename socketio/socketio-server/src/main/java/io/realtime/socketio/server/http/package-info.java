/**
 * HTTP as the library's core sees it: plain values, and the ports through which a listener (Netty,
 * a test) hands requests in and takes answers back, and through which an application serves routes,
 * streams and plain WebSockets on the same listener. May import java.base and the transport
 * package.
 */
@NullMarked
package io.realtime.socketio.server.http;

import org.jspecify.annotations.NullMarked;
