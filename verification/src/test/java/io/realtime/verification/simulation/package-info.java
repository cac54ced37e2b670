/**
 * The product's own lanes, delivery, breaker and store rules under a seeded scheduler: one thread,
 * virtual time, faults by chance, and an oracle. A {@link
 * io.realtime.verification.simulation.World} is one run and belongs to one thread. May import
 * notify-core with its test fakes, notify-kafka's lane, start and dead-letter packages.
 */
@NullMarked
package io.realtime.verification.simulation;

import org.jspecify.annotations.NullMarked;
