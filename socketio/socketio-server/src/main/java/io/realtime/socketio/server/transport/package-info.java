/**
 * What the library's core needs from an I/O framework: loops and WebSocket channels. Implemented by
 * socketio-netty and by the tests. May import java.base only.
 */
@NullMarked
package io.realtime.socketio.server.transport;

import org.jspecify.annotations.NullMarked;
