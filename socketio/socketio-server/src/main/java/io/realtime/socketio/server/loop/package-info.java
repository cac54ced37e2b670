/**
 * An event loop as the home of connections: one structure of deadlines for all of them, and one
 * flush for each at the end of a turn. Everything here belongs to its loop's thread. May import
 * java.base, SLF4J and the transport package.
 */
@NullMarked
package io.realtime.socketio.server.loop;

import org.jspecify.annotations.NullMarked;
