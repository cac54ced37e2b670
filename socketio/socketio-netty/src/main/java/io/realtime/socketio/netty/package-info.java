/**
 * The public face of the Netty listener: a Socket.IO server on one TCP port. Builders and servers
 * may be used from any thread; everything that a connection owns belongs to its event loop. May
 * import Netty, socketio-server and the packages below.
 */
@NullMarked
package io.realtime.socketio.netty;

import org.jspecify.annotations.NullMarked;
