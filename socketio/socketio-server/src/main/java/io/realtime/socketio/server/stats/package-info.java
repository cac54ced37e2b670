/**
 * Counters of the whole server, raised from every loop and read by anyone. May import java.base and
 * the api package.
 */
@NullMarked
package io.realtime.socketio.server.stats;

import org.jspecify.annotations.NullMarked;
