/**
 * The world around the service in a round of chaos: shop, clients, fault proxy, signals. Each class
 * says which threads may call. May import the oracle and the harness.
 */
@NullMarked
package io.realtime.verification.chaos.world;

import org.jspecify.annotations.NullMarked;
