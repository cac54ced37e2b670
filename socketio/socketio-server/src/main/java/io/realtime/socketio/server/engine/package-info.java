/**
 * Engine.IO: sessions, their two transports, the upgrade between them, heartbeat, outbound bounds
 * and proof of receipt. A session belongs to its home loop: every field of it is read and written
 * there only; requests that arrive elsewhere are handed over. Knows nothing of namespaces: what a
 * client says goes to a {@link io.realtime.socketio.server.engine.SessionReceiver}. May import
 * socketio-protocol, SLF4J and the api, http, transport, loop, revision and stats packages.
 */
@NullMarked
package io.realtime.socketio.server.engine;

import org.jspecify.annotations.NullMarked;
