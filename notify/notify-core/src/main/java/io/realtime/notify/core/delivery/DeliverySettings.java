package io.realtime.notify.core.delivery;

import java.time.Duration;

/**
 * Bounds of one user's connections and of what is under way to each.
 *
 * @param maxUnproven events sent without proof of receipt; then sending stops
 * @param maxUnprovenBytes payload bytes likewise (a first event always goes): well below the
 *     outbound bound of a connection, or a backlog would close it as a slow consumer
 * @param pageSize entries read at once
 * @param positionCheck how often a lost wake-up is looked for
 * @param purgeInterval how often the inbox is rid of what has outlived its time
 * @param returnWithin how long an event may be unproven on a connection whose client proves only by
 *     coming back
 * @param maxConnectionsPerUser connections of one user at a time, of any kind
 */
public record DeliverySettings(
    int maxUnproven,
    long maxUnprovenBytes,
    int pageSize,
    Duration positionCheck,
    Duration purgeInterval,
    Duration returnWithin,
    int maxConnectionsPerUser) {

  public DeliverySettings {
    if (maxUnproven < 1 || maxUnprovenBytes < 1 || pageSize < 1 || maxConnectionsPerUser < 1) {
      throw new IllegalArgumentException("settings: not positive (expected: >= 1)");
    }
  }

  /** 500 events, 512 KiB, pages of 100, 30 s, 10 s, 5 min, 20 connections. */
  public static DeliverySettings defaults() {
    return new DeliverySettings(
        500,
        512 * 1024,
        100,
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofMinutes(5),
        20);
  }

  /** The same but for the number of one user's connections. */
  public DeliverySettings withMaxConnectionsPerUser(int connections) {
    return new DeliverySettings(
        maxUnproven,
        maxUnprovenBytes,
        pageSize,
        positionCheck,
        purgeInterval,
        returnWithin,
        connections);
  }
}
