package io.realtime.notify.kafka.client;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything this module is told.
 *
 * @param bootstrapServers comma-separated {@code host:port}
 * @param groupId the consumer group
 * @param groupProtocol what the group speaks
 * @param nodeId kept in the data directory: the same after every restart of this node; in the
 *     client id, and with {@link GroupProtocol#CLASSIC} the static member id (KIP-345)
 * @param topics the source topics, matched whole
 * @param excludedTopics of those, the ones to leave out, matched whole
 * @param startLookback how far before its very first start the service reads
 * @param clientProperties handed to every client
 */
public record KafkaSettings(
    String bootstrapServers,
    String groupId,
    GroupProtocol groupProtocol,
    String nodeId,
    Pattern topics,
    Optional<Pattern> excludedTopics,
    Duration startLookback,
    ClientProperties clientProperties,
    Limits limits) {

  /** Classic, with no exclusion, no look-back, no security and the default limits. */
  public static KafkaSettings of(
      String bootstrapServers, String groupId, String nodeId, Pattern topics) {
    return new KafkaSettings(
        bootstrapServers,
        groupId,
        GroupProtocol.CLASSIC,
        nodeId,
        topics,
        Optional.empty(),
        Duration.ZERO,
        ClientProperties.none(),
        Limits.DEFAULT);
  }

  public KafkaSettings withGroupProtocol(GroupProtocol protocol) {
    return new KafkaSettings(
        bootstrapServers,
        groupId,
        protocol,
        nodeId,
        topics,
        excludedTopics,
        startLookback,
        clientProperties,
        limits);
  }

  public KafkaSettings withExcludedTopics(Pattern excluded) {
    return new KafkaSettings(
        bootstrapServers,
        groupId,
        groupProtocol,
        nodeId,
        topics,
        Optional.of(excluded),
        startLookback,
        clientProperties,
        limits);
  }

  public KafkaSettings withStartLookback(Duration lookback) {
    return new KafkaSettings(
        bootstrapServers,
        groupId,
        groupProtocol,
        nodeId,
        topics,
        excludedTopics,
        lookback,
        clientProperties,
        limits);
  }

  public KafkaSettings withClientProperties(ClientProperties properties) {
    return new KafkaSettings(
        bootstrapServers,
        groupId,
        groupProtocol,
        nodeId,
        topics,
        excludedTopics,
        startLookback,
        properties,
        limits);
  }

  public KafkaSettings withLimits(Limits changed) {
    return new KafkaSettings(
        bootstrapServers,
        groupId,
        groupProtocol,
        nodeId,
        topics,
        excludedTopics,
        startLookback,
        clientProperties,
        changed);
  }

  /** What the names of this node's clients begin with; nobody else's do. */
  public String clientIdPrefix() {
    return "realtime-" + nodeId + "-";
  }

  /**
   * Bounds and times.
   *
   * @param inFlightRecords records of one partition between poll and watermark
   * @param inFlightBytes bytes of the same; one record that is larger is taken alone
   * @param commitInterval the longest time between a resolved record and its commit
   * @param commitRecords resolved records after which the commit does not wait for that time
   * @param attempts at a record whose handling fails unexpectedly, the first included
   * @param retryBase the first back-off is up to this (full jitter), each later one up to twice as
   *     much as the one before
   * @param retryCap and never longer than this
   * @param metadataAge how soon a new topic is seen
   * @param sessionTimeout how soon the group gives up on a silent node; with {@link
   *     GroupProtocol#CONSUMER} that is the broker's setting
   */
  public record Limits(
      int inFlightRecords,
      long inFlightBytes,
      Duration commitInterval,
      int commitRecords,
      int attempts,
      Duration retryBase,
      Duration retryCap,
      Duration metadataAge,
      Duration sessionTimeout) {

    public static final Limits DEFAULT =
        new Limits(
            1_000,
            16L * 1024 * 1024,
            Duration.ofSeconds(1),
            1_000,
            5,
            Duration.ofMillis(200),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));

    public Limits {
      if (inFlightRecords < 1 || inFlightBytes < 1 || commitRecords < 1 || attempts < 1) {
        throw new IllegalArgumentException("kafka limits must be positive");
      }
    }
  }
}
