/**
 * Records that cannot be delivered, kept for a person to look at. Any thread. May import the client
 * and topics packages.
 */
@NullMarked
package io.realtime.notify.kafka.deadletter;

import org.jspecify.annotations.NullMarked;
