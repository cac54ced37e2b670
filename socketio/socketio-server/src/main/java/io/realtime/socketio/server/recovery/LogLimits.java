package io.realtime.socketio.server.recovery;

/**
 * Bounds of a log; past any of them its oldest events are forgotten.
 *
 * @param maxEvents events
 * @param maxBytes bytes of their packets
 * @param maxAgeNanos since they were emitted
 */
public record LogLimits(int maxEvents, long maxBytes, long maxAgeNanos) {}
