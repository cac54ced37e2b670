/**
 * What the revisions of Engine.IO do each in its own way: how bytes are written, what a polling
 * payload looks like, who asks in the heartbeat. The engine package asks here and knows no revision
 * by its number. Stateless. May import socketio-protocol and the http and transport packages.
 */
@NullMarked
package io.realtime.socketio.server.revision;

import org.jspecify.annotations.NullMarked;
