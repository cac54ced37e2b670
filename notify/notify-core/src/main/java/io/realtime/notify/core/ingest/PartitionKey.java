package io.realtime.notify.core.ingest;

/**
 * A partition of one incarnation of a topic.
 *
 * @param topicId the broker's id of the topic (KIP-516): a topic that was deleted and created again
 *     under its name has another
 */
public record PartitionKey(String topic, String topicId, int partition) {}
