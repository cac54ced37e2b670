/**
 * The library under load, on real Netty: servers and their clients in processes of their own, so
 * that neither sees the other's pauses, told what to do by lines on their standard input. These
 * tests run alone. May import the library, never the product.
 */
@NullMarked
package io.realtime.verification.load;

import org.jspecify.annotations.NullMarked;
