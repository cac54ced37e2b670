package io.realtime.notify.app.config;

import io.realtime.notify.kafka.client.GroupProtocol;
import io.realtime.socketio.netty.TransportChoice;
import io.realtime.socketio.server.api.CorsPolicy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The effective configuration: valid, typed, immutable. {@link Settings} documents its parts.
 *
 * @param cors absent: same origin only
 * @param allowEio3 whether clients of Socket.IO 2 are served
 * @param proof what proves receipt
 * @param warnings one sentence each, to be logged at start
 */
public record Config(
    Mode mode,
    Listener listener,
    Auth auth,
    Optional<CorsPolicy> cors,
    Kafka kafka,
    Heartbeat heartbeat,
    boolean allowEio3,
    Proof proof,
    BigDecimal lowStockThreshold,
    LogLevel logLevel,
    Path dataDir,
    Inbox inbox,
    List<String> warnings) {

  /** How long something may wait for a client that reads slowly. */
  public static final Duration SLOW_CONSUMER = Duration.ofSeconds(10);

  /**
   * Where connections arrive.
   *
   * @param port 0 takes any free one
   * @param maxConnections open ones at a time, of all users
   * @param maxConnectionsPerUser those of one user, of any kind
   */
  public record Listener(
      String host,
      int port,
      int loops,
      TransportChoice transport,
      int maxConnections,
      int maxConnectionsPerUser) {}

  /** How users prove who they are. */
  public sealed interface Auth {
    /** Any {@code userId} is believed. */
    record Development() implements Auth {}

    /** HS256 tokens. {@code roleClaim} is the path of the claim that says {@code admin}. */
    record Jwt(Secret secret, List<String> roleClaim) implements Auth {}
  }

  /**
   * The Kafka clients.
   *
   * @param clientProperties security and whatever {@code KAFKA_CLIENT_CONFIG} says, under Kafka's
   *     names; holds secrets
   * @param lookback how far before the very first start is read
   */
  public record Kafka(
      String brokers,
      String group,
      GroupProtocol groupProtocol,
      Pattern topics,
      Pattern excluded,
      Duration lookback,
      Map<String, String> clientProperties) {

    /** Without the client properties, which hold secrets. */
    @Override
    public String toString() {
      return "Kafka[brokers=" + brokers + ", group=" + group + "]";
    }
  }

  /**
   * What is kept for users who are away.
   *
   * @param events unproven ones of one user
   * @param bytes of those
   * @param ttl of an unproven event
   * @param storeBytes of all users
   */
  public record Inbox(int events, long bytes, Duration ttl, long storeBytes) {}

  /** What proves that a client has an event. */
  public enum Proof {
    /** Its library has answered. */
    TRANSPORT,
    /** The application has answered. */
    APP_ACK
  }

  /** Engine.IO's heartbeat. */
  public record Heartbeat(Duration interval, Duration timeout) {}

  /**
   * The configuration that {@code serve} would have with this environment and no file.
   *
   * @throws ConfigException naming everything that is wrong
   */
  public static Config fromEnvironment(Map<String, String> environment) {
    return ConfigLoader.load(environment, Optional.empty(), Mode.PRODUCTION).orThrow();
  }
}
