/**
 * Event loops: which native transport runs, and the loops as the core sees them. A {@code PerLoop}
 * value belongs to the thread of its loop; the rest is immutable or says otherwise. May import
 * Netty's transports and socketio-server's transport package.
 */
@NullMarked
package io.realtime.socketio.netty.loop;

import org.jspecify.annotations.NullMarked;
