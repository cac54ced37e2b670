/**
 * Dead letters as an operator handles them: looked at, replayed, discarded. Used by commands, one
 * thread each, beside a running service; never by the service itself. May import the client,
 * deadletter and topics packages.
 */
@NullMarked
package io.realtime.notify.kafka.replay;

import org.jspecify.annotations.NullMarked;
