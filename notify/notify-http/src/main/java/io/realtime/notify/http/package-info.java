/**
 * The product's HTTP: one {@link io.realtime.notify.http.RestApi} that answers everything that is
 * neither Engine.IO's nor a WebSocket's. Static content and health are answered on the connection's
 * loop, from memory; operations run on virtual threads, a bounded number at a time. May import the
 * other packages of this module, notify-core, and socketio-server's api and http packages; nothing
 * here imports this package.
 */
@NullMarked
package io.realtime.notify.http;

import org.jspecify.annotations.NullMarked;
