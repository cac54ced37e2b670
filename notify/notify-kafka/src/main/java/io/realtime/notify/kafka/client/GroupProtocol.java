package io.realtime.notify.kafka.client;

/** How the members of a consumer group find out who reads what. */
public enum GroupProtocol {
  /**
   * The protocol of old, with the node id as static member id: a node that was killed replaces its
   * dead self at once.
   */
  CLASSIC,

  /**
   * KIP-848, without a member id: the partitions of a node that was killed are free when the
   * broker's {@code group.consumer.session.timeout.ms} (45 s) has passed.
   */
  CONSUMER
}
