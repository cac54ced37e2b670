/**
 * The parent's side of the broker's process: start, wait, kill, restart. State belongs to the
 * thread that called last (methods are synchronised); one daemon thread reads the child's output.
 * May import java.base only, so that its user needs none of Kafka's server jars.
 */
@NullMarked
package io.realtime.demo.broker.process;

import org.jspecify.annotations.NullMarked;
