/**
 * MessagePack, and Socket.IO packets in it as the npm package {@code socket.io-msgpack-parser} has
 * them: the whole packet as one map in one binary message. Functions of bytes with no state but the
 * caller's. May import java.base and the sibling packages' public values.
 */
@NullMarked
package io.realtime.socketio.protocol.msgpack;

import org.jspecify.annotations.NullMarked;
