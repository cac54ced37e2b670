/**
 * What HTTP needs around Engine.IO's own answers: CORS, content codings, the browser client's
 * files. Immutable or safe for any thread. May import java.base, SLF4J and the api and http
 * packages.
 */
@NullMarked
package io.realtime.socketio.server.web;

import org.jspecify.annotations.NullMarked;
