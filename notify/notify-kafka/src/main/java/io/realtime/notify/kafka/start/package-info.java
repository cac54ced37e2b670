/**
 * Where a partition starts, decided from facts that others gather. Pure values and functions: no
 * Kafka client, no clock, no thread, so that a simulation can drive it. May import the topics
 * package and notify-core.
 */
@NullMarked
package io.realtime.notify.kafka.start;

import org.jspecify.annotations.NullMarked;
