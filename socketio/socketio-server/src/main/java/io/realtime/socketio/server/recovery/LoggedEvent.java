package io.realtime.socketio.server.recovery;

import io.realtime.socketio.server.engine.WirePacket;
import java.util.List;

/**
 * An event of a namespace's log. Immutable; any thread.
 *
 * @param number its place in the log, from 1
 * @param rooms whom it was sent to; empty for everyone
 * @param except rooms whose members were left out
 * @param packet with its position, for clients that keep one
 * @param atNanos when it was emitted
 */
public record LoggedEvent(
    long number, List<String> rooms, List<String> except, WirePacket packet, long atNanos) {}
