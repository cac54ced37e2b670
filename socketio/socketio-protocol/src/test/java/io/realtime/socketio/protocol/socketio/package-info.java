/** Tests of the Socket.IO codec: exact wire strings, limits, seeded random input. */
@NullMarked
package io.realtime.socketio.protocol.socketio;

import org.jspecify.annotations.NullMarked;
