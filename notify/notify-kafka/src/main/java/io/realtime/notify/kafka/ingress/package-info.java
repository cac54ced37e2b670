/**
 * Our own events (REST) on their way into Kafka. Any thread. May import the client and topics
 * packages.
 */
@NullMarked
package io.realtime.notify.kafka.ingress;

import org.jspecify.annotations.NullMarked;
