package io.realtime.socketio.server.recovery;

import io.realtime.socketio.server.engine.WirePacket;

/**
 * An event of a namespace's log. Immutable; any thread.
 *
 * @param number its place in the log, from 1
 * @param packet with its position, for clients that keep one
 */
public record LoggedEvent(long number, WirePacket packet) {}
