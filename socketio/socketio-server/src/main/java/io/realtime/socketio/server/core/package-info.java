/**
 * Puts the library together: dispatches HTTP, and starts and ends what the engine and namespace
 * packages keep. Owns no state of its own but the table of namespaces. May import every other
 * package of the module.
 */
@NullMarked
package io.realtime.socketio.server.core;

import org.jspecify.annotations.NullMarked;
