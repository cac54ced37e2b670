/**
 * What happens to the records of one partition between the poll and their watermark. A lane runs
 * one step at a time on the executor it is given and waits by the timer it is given: no thread, no
 * clock and no randomness of its own, so that a simulation can drive it. May import the deadletter,
 * start and client packages and notify-core; knows no consumer.
 */
@NullMarked
package io.realtime.notify.kafka.lane;

import org.jspecify.annotations.NullMarked;
