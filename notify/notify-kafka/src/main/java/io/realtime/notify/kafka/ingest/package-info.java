/**
 * The way in from Kafka: one poll thread owns the consumer, the commits and where partitions start;
 * each partition has one ordered lane (package {@code lane}), which resolves records and reports
 * back through its counters. May import the other packages of this module; none of them imports
 * this one.
 */
@NullMarked
package io.realtime.notify.kafka.ingest;

import org.jspecify.annotations.NullMarked;
