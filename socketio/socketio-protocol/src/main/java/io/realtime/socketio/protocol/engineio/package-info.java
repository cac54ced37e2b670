/**
 * Engine.IO packets and their two wire formats (revision 4 and 3): functions of bytes and
 * characters, with no state but the caller's, no I/O and no clock. May import java.base only.
 */
@NullMarked
package io.realtime.socketio.protocol.engineio;

import org.jspecify.annotations.NullMarked;
