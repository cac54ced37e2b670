/**
 * Servers that {@code ./bench} drives, each in a process of its own: ours, the raw Netty floor, and
 * what those share with the peer that is compiled on its own (verification/bench). Commands come on
 * the standard input, one a line, and the server's own code does the loops; the main thread owns
 * them. May import the library and Netty, never the product.
 */
@NullMarked
package io.realtime.verification.bench.server;

import org.jspecify.annotations.NullMarked;
