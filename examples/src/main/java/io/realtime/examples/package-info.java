/**
 * One small program for each feature of the Socket.IO library. Each has a {@code main} that takes
 * the port, and a {@code start} that its test calls. Owns no state of its own. May import
 * socketio-netty and the public packages behind it.
 */
@NullMarked
package io.realtime.examples;

import org.jspecify.annotations.NullMarked;
