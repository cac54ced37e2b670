/** Tests of the MessagePack codec: exact bytes, limits, seeded random input. */
@NullMarked
package io.realtime.socketio.protocol.msgpack;

import org.jspecify.annotations.NullMarked;
