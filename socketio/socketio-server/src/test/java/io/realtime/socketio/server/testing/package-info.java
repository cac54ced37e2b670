/** Fakes of the ports below the server: loops with a clock set by hand, channels, exchanges. */
@NullMarked
package io.realtime.socketio.server.testing;

import org.jspecify.annotations.NullMarked;
