/**
 * The way in from Kafka: one poll thread owns the consumer, the commits and where partitions start;
 * each partition has one ordered lane on a virtual thread of its own, which resolves records and
 * reports back through its counters. May import the other packages of this module; none of them
 * imports this one.
 *
 * <p>The check for other members of the group that needs a shared store belongs beside {@code
 * BrokerWatch}, which already asks the broker about the group's topics.
 */
@NullMarked
package io.realtime.notify.kafka.ingest;

import org.jspecify.annotations.NullMarked;
