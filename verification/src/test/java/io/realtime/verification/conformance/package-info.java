/**
 * The servers that the official protocol suites ask for, written with our API and started by {@code
 * ./conformance}; the suites themselves stay in their owner's checkout. Each runs in a process of
 * its own until that is ended. May import the library, never the product.
 */
@NullMarked
package io.realtime.verification.conformance;

import org.jspecify.annotations.NullMarked;
