package io.realtime.notify.core.sockets;

/**
 * Bounds of what one connection may ask for.
 *
 * @param maxIdsPerRequest product ids in one event
 * @param maxIdsPerAck event ids in one {@code inbox:ack}
 * @param maxSubscriptions rooms that one connection may be in by its own wish
 * @param maxWaitingAnswers requests of one connection whose answer waits for the store
 */
public record SocketLimits(
    int maxIdsPerRequest, int maxIdsPerAck, int maxSubscriptions, int maxWaitingAnswers) {
  public static SocketLimits defaults() {
    return new SocketLimits(32, 500, 32, 64);
  }
}
