/**
 * Socket.IO packets (protocol revision 5) and their text format. A decoder belongs to one
 * connection and is used by one thread; everything else is immutable or used once. May import
 * java.base, jackson-core and the sibling engineio package's exception.
 */
@NullMarked
package io.realtime.socketio.protocol.socketio;

import org.jspecify.annotations.NullMarked;
