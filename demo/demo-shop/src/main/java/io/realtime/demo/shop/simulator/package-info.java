/**
 * A shop that keeps itself busy. {@code Shop} is pure: the same seed gives the same events; one
 * thread owns it. May import java.base and kafka-clients.
 */
@NullMarked
package io.realtime.demo.shop.simulator;

import org.jspecify.annotations.NullMarked;
