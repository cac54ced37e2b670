/**
 * The JSON frames of plain WebSockets, and the values of event streams. Stateless; any thread. May
 * import socketio-server's api package, socketio-protocol's values and Jackson.
 */
@NullMarked
package io.realtime.notify.http.plain;

import org.jspecify.annotations.NullMarked;
