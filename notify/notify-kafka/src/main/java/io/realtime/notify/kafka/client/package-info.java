/**
 * How our Kafka clients are configured: settings, the pass-through of security properties, and a
 * producer that outlives an unreachable broker. Immutable but for the producer, which any thread
 * may use. May import notify-core and kafka-clients.
 */
@NullMarked
package io.realtime.notify.kafka.client;

import org.jspecify.annotations.NullMarked;
