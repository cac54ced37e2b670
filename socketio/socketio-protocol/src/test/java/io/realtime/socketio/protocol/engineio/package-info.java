/** Tests of the Engine.IO codecs: exact wire strings, limits, seeded random input. */
@NullMarked
package io.realtime.socketio.protocol.engineio;

import org.jspecify.annotations.NullMarked;
