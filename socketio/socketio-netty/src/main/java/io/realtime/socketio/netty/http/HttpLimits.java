package io.realtime.socketio.netty.http;

import java.time.Duration;

/**
 * What bounds one HTTP connection; the longest body is the application's to say, for each request.
 *
 * @param maxRequestLineBytes past it 414
 * @param maxHeaderBytes all fields together; past it 431
 * @param headDeadline from the first byte of a request, or from accepting the connection, to the
 *     end of its head; past it the connection is closed
 * @param bodyDeadline from the head to the last byte of the body; past it 408
 * @param idleTimeout between an answer and the next request
 * @param writeDeadline during which the peer must take at least something of an answer
 * @param maxPipelined requests (and pieces of their bodies) that may wait behind the one that is
 *     being answered before reading pauses
 */
public record HttpLimits(
    int maxRequestLineBytes,
    int maxHeaderBytes,
    Duration headDeadline,
    Duration bodyDeadline,
    Duration idleTimeout,
    Duration writeDeadline,
    int maxPipelined) {

  public static HttpLimits defaults() {
    return new HttpLimits(
        16 * 1024,
        16 * 1024,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        64);
  }
}
