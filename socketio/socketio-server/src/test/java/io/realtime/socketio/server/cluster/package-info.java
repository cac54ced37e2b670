/** Several servers in one JVM, and what every adapter promises. */
@NullMarked
package io.realtime.socketio.server.cluster;

import org.jspecify.annotations.NullMarked;
