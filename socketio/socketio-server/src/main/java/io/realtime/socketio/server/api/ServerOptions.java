package io.realtime.socketio.server.api;

import io.realtime.socketio.protocol.socketio.DecodeLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the server behaves; the defaults are Node's.
 *
 * @param path where Engine.IO answers, without a trailing slash
 * @param maxPayload bytes of one message or one polling payload, and of all attachments of one
 *     packet
 * @param connectTimeout how long a connection may be without a namespace
 * @param limits of one Socket.IO packet
 * @param outbound bounds of one connection's outbound queue
 * @param cors absent: no CORS headers
 */
public record ServerOptions(
    String path,
    Duration pingInterval,
    Duration pingTimeout,
    Duration upgradeTimeout,
    Duration connectTimeout,
    int maxPayload,
    List<TransportName> transports,
    boolean allowUpgrades,
    DecodeLimits limits,
    OutboundLimits outbound,
    Optional<CorsPolicy> cors) {

  public static ServerOptions defaults() {
    return new ServerOptions(
        "/socket.io",
        Duration.ofSeconds(25),
        Duration.ofSeconds(20),
        Duration.ofSeconds(10),
        Duration.ofSeconds(45),
        1_000_000,
        List.of(TransportName.POLLING, TransportName.WEBSOCKET),
        true,
        DecodeLimits.defaults(),
        OutboundLimits.defaults(),
        Optional.empty());
  }

  /**
   * Bounds of what waits for one client; past any of them the connection is closed as {@code slow
   * consumer}.
   *
   * @param maxBytes payload bytes
   * @param maxPackets packets
   * @param maxAge of the oldest one that the transport did not take
   */
  public record OutboundLimits(int maxBytes, int maxPackets, Duration maxAge) {
    public static OutboundLimits defaults() {
      return new OutboundLimits(16 * 1024 * 1024, 10_000, Duration.ofSeconds(60));
    }
  }
}
