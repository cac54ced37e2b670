package io.realtime.socketio.server.api;

import java.util.Map;

/**
 * What the server has counted since it started, read at one moment; every map has all keys that
 * there are. The parts are read one after the other, so sums may differ by what happened meanwhile.
 *
 * @param connections open now, by transport
 * @param unconnected of these, those that have not joined a namespace yet
 * @param sockets connected to a namespace now
 * @param packetsIn Engine.IO packets and plain frames that were received
 * @param packetsOut Socket.IO packets and plain events that were handed to a transport
 * @param bytesIn payload bytes of messages that were received
 * @param bytesOut payload bytes of {@code packetsOut}
 * @param polls GET requests that asked for packets
 * @param upgrades connections that changed from polling to WebSocket
 * @param handshakesRefused requests for a connection that were refused
 * @param holds requests that waited for the application's decision
 * @param volatileDropped packets that a client could not take at that moment
 * @param conflated packets that a later one with the same key took the place of
 * @param recovery sessions that were taken up
 * @param listenersFailed calls of application code that threw
 * @param closes connections that ended, by reason
 */
public record ServerStats(
    Map<TransportName, Long> connections,
    long unconnected,
    long sockets,
    long packetsIn,
    long packetsOut,
    long bytesIn,
    long bytesOut,
    long polls,
    long upgrades,
    long handshakesRefused,
    Holds holds,
    long volatileDropped,
    long conflated,
    Recoveries recovery,
    long listenersFailed,
    Map<DisconnectReason, Long> closes) {

  /**
   * Connection state recovery.
   *
   * @param succeeded clients that took up their session
   * @param failed clients that asked for a session and began a new one
   * @param forgotten events and sessions in memory that were given up past a bound
   */
  public record Recoveries(long succeeded, long failed, Map<RecoveryBound, Long> forgotten) {}

  /**
   * Requests that an admission or a middleware did not decide about at once.
   *
   * @param waiting now
   * @param refused for which there was no room
   * @param expired whose decision took too long
   */
  public record Holds(long waiting, long refused, long expired) {}
}
