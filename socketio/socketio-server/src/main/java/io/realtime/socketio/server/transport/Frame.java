package io.realtime.socketio.server.transport;

/**
 * One WebSocket message, encoded once and written to any number of channels: a channel may keep its
 * own form of it as long as it sees the same instance again in one batch.
 *
 * @param payload never written to
 */
public record Frame(boolean binary, byte[] payload) {}
