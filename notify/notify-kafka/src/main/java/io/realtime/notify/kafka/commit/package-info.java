/**
 * What may be committed to the group, and when. Owned by whoever owns the consumer: no thread and
 * no clock of its own, so that a simulation can drive it. May import the lane, start and client
 * packages; knows no consumer but its offsets.
 */
@NullMarked
package io.realtime.notify.kafka.commit;

import org.jspecify.annotations.NullMarked;
