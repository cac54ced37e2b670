/**
 * The event stream of contract section 2. Stateless; on the loop of each connection. May import
 * notify-core's identity, inbox and catalogue, socketio-server's api and http packages, and the
 * packages plain and web.
 */
@NullMarked
package io.realtime.notify.http.stream;

import org.jspecify.annotations.NullMarked;
