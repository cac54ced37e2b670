/** What clients may send to the payload formats. */
@NullMarked
package io.realtime.socketio.server.revision;

import org.jspecify.annotations.NullMarked;
