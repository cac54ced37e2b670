package io.realtime.socketio.netty.websocket;

import java.time.Duration;

/**
 * What bounds one WebSocket, besides the write buffer's high-water mark.
 *
 * @param maxMessageBytes of one message; past it close code 1009
 * @param messageDeadline from the first to the last byte of a message; past it 1008
 * @param closeDeadline from our close frame to the end of the connection
 */
public record WebSocketSettings(
    int maxMessageBytes, Duration messageDeadline, Duration closeDeadline) {}
